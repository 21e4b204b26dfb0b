"""The pretend WeChat's pictures and drafts."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from html.parser import HTMLParser

from hawker.connect.http import Json
from hawker.platforms.wechat.sandbox_call import Act, Call, Refusal, done
from hawker.platforms.wechat.sandbox_world import Account, File, World, random_id

# “新增草稿”, “上传图文消息图片”, “新增永久素材”, read 2026-11-23; written down anew, to check the connector.
TITLE, AUTHOR, DIGEST, CONTENT, SOURCE = 32, 16, 128, 20_000, 1024
ARTICLES, IMAGES = 8, 20
INNER_BYTES, IMAGE_BYTES = 2**20, 10 * 2**20
_SIGNS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif"}
_SILENT = {"script", "style", "iframe", "form"}
_KEPT = {"p", "br", "section", "span", "strong", "em", "h1", "h2", "h3", "ul", "ol", "li", "blockquote"}


class Drafts:
    """`address`: where pictures of articles are served."""

    def __init__(self, address: str, world: World) -> None:
        self._address = address
        self._world = world

    def acts(self) -> Sequence[tuple[str, str, Act]]:
        return (
            ("POST", "media/uploadimg", self._inner),
            ("POST", "media/upload", self._passing),
            ("POST", "material/add_material", self._permanent),
            ("POST", "material/del_material", self._forget),
            ("GET", "material/get_materialcount", self._counted),
            ("GET", "draft/count", self._count),
            ("POST", "draft/add", self._add),
            ("POST", "draft/get", self._get),
            ("POST", "draft/delete", self._delete),
        )

    async def _inner(self, call: Call) -> Mapping[str, Json]:
        file = _file(call, INNER_BYTES, {"image/jpeg", "image/png"})
        address = f"{self._address}/mmbiz/{file.name}"
        call.account.addresses[address] = file
        return {"url": address}

    async def _passing(self, call: Call) -> Mapping[str, Json]:
        file = _file(call, IMAGE_BYTES, set(_SIGNS.values()), permanent=False)
        call.account.media[file.name] = file
        created = int(self._world.now().timestamp())
        return {"type": "image", "media_id": file.name, "created_at": created, "item": []}

    async def _permanent(self, call: Call) -> Mapping[str, Json]:
        file = _file(call, IMAGE_BYTES, set(_SIGNS.values()))
        call.account.media[file.name] = file
        return {"media_id": file.name, "url": f"{self._address}/mmbiz/{file.name}", "item": []}

    async def _forget(self, call: Call) -> Mapping[str, Json]:
        if call.account.media.pop(call.text("media_id"), None) is None:
            raise Refusal(40007, "invalid media_id")
        return done()

    async def _counted(self, call: Call) -> Mapping[str, Json]:
        images = sum(file.permanent for file in call.account.media.values())
        return {"voice_count": 0, "video_count": 0, "image_count": images, "news_count": 0}

    async def _count(self, call: Call) -> Mapping[str, Json]:
        return {"total_count": len(call.account.drafts)}

    async def _add(self, call: Call) -> Mapping[str, Json]:
        articles = call.body.get("articles")
        if not isinstance(articles, list) or not articles:
            raise Refusal(44003, "empty news data")
        if len(articles) > ARTICLES:
            raise Refusal(45008, "article size out of limit")
        taken = [_taken(call.account, each) for each in articles if isinstance(each, dict)]
        media_id = random_id()
        call.account.drafts[media_id] = taken
        return {"media_id": media_id, "item": []}

    async def _get(self, call: Call) -> Mapping[str, Json]:
        return {"news_item": [shown(article) for article in draft_of(call.account, call.text("media_id"))]}

    async def _delete(self, call: Call) -> Mapping[str, Json]:
        draft_of(call.account, call.text("media_id"))
        del call.account.drafts[call.text("media_id")]
        return done()


def draft_of(account: Account, media_id: str) -> Sequence[Mapping[str, Json]]:
    if media_id not in account.drafts:
        raise Refusal(40007, "invalid media_id")
    return account.drafts[media_id]


def shown(article: Mapping[str, Json], **more: Json) -> dict[str, Json]:
    """Who reads an article back gets the addresses of its pictures under another name."""
    content = str(article["content"]).replace(" src=", " data-src=")
    return {**article, "content": content, **more}


def _file(call: Call, most: int, kinds: set[str], *, permanent: bool = True) -> File:
    if call.file is None:
        raise Refusal(41005, "media data missing")
    data = call.file.file.read()
    if len(data) >= most:
        raise Refusal(40009, "invalid image size")
    kind = next((kind for sign, kind in _SIGNS.items() if data.startswith(sign)), "")
    if kind not in kinds:
        raise Refusal(40113, "unsupported file type")
    return File(name=random_id(), content_type=kind, data=data, permanent=permanent)


def _taken(account: Account, article: Mapping[str, Json]) -> dict[str, Json]:
    for name, most, code in (("title", TITLE, 45003), ("author", AUTHOR, 45110), ("digest", DIGEST, 45004)):
        if len(str(article.get(name) or "")) > most:
            raise Refusal(code, f"{name} size out of limit")
    if len(str(article.get("content_source_url") or "").encode()) > SOURCE:
        raise Refusal(45005, "url size out of limit")
    content = str(article.get("content") or "")
    if len(content) >= CONTENT:
        raise Refusal(45002, "content size out of limit")
    if article.get("article_type") == "newspic":
        return {**article, "image_info": {"image_list": list(_images(account, article))}}
    if not content:
        raise Refusal(44004, "empty content")
    _demand_permanent(account, str(article.get("thumb_media_id") or ""))
    digest = article.get("digest") or words_of(content)[:54]
    return {"article_type": "news", **article, "digest": digest, "content": _cleaned(account, content)}


def _images(account: Account, article: Mapping[str, Json]) -> Iterator[Json]:
    info = article.get("image_info")
    listed = info.get("image_list") if isinstance(info, dict) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= IMAGES:
        raise Refusal(47003, "argument invalid! image_info")
    for each in listed:
        name = str(each.get("image_media_id") if isinstance(each, dict) else "")
        _demand_permanent(account, name)
        yield {"image_media_id": name}


def _demand_permanent(account: Account, media_id: str) -> None:
    file = account.media.get(media_id)
    if file is None or not file.permanent:
        raise Refusal(40007, "invalid media_id")


class Reader(HTMLParser):
    """Goes through an article: `kept` is what WeChat keeps of it, `lines` are its paragraphs, `alts` those of
    its pictures."""

    def __init__(self, addresses: Mapping[str, File] | None = None) -> None:
        super().__init__()
        self.kept = ""
        self.lines: list[str] = []
        self.alts: list[str] = []
        self.pictures = 0
        self._addresses = addresses
        self._mute = 0
        self._line: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._mute += 1
        elif tag == "img":
            self._picture(given)
        elif tag in _KEPT:
            self.kept += f"<{tag}>"
        if tag == "p":
            self._line, self.pictures = "", 0

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._mute = max(self._mute - 1, 0)
        elif tag in _KEPT:
            self.kept += f"</{tag}>"
        if tag == "p" and self._line is not None:
            self.lines += [self._line] if self._line or not self.pictures else []
            self._line = None

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.kept += escape(data, quote=False)
            self._line = None if self._line is None else self._line + data

    def _picture(self, given: Mapping[str, str]) -> None:
        source = given.get("src", "")
        if self._addresses is not None and source not in self._addresses:
            return
        self.alts.append(given.get("alt", ""))
        self.pictures += 1
        self.kept += f'<img src="{escape(source)}" alt="{escape(given.get("alt", ""))}">'


def _cleaned(account: Account, content: str) -> str:
    reader = Reader(account.addresses)
    reader.feed(content)
    reader.close()
    return reader.kept


def words_of(content: str) -> str:
    return "\n".join(read(content).lines)


def read(content: str) -> Reader:
    reader = Reader()
    reader.feed(content)
    reader.close()
    return reader
