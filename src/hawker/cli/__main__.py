from hawker.cli.main import app

app()
