// A PLC directory and a PDS in one process: node start.mjs FOLDER PDS_PORT PLC_PORT PUBLIC_URL
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { PDS, envToCfg, envToSecrets } from '@atproto/pds'
import * as plc from '@did-plc/server'

const [folder, port, plcPort, publicUrl] = process.argv.slice(2)
const secret = () => randomBytes(32).toString('hex')

await plc.PlcServer.create({ db: plc.Database.mock(), port: Number(plcPort) }).start()

const env = {
  devMode: true,
  port: Number(port),
  dataDirectory: folder,
  blobstoreDiskLocation: path.join(folder, 'blobs'),
  adminPassword: secret(),
  jwtSecret: secret(),
  plcRotationKeyK256PrivateKeyHex: secret(),
  didPlcUrl: `http://localhost:${plcPort}`,
  serviceHandleDomains: ['.test'],
  bskyAppViewUrl: 'https://appview.invalid',
  bskyAppViewDid: 'did:example:invalid',
  modServiceUrl: 'https://moderator.invalid',
  modServiceDid: 'did:example:invalid',
  inviteRequired: false,
  disableSsrfProtection: true,
}
mkdirSync(folder, { recursive: true })
const config = envToCfg(env)
config.service.publicUrl = publicUrl
const pds = await PDS.create(config, envToSecrets(env))
await pds.start()
console.log('ready')
