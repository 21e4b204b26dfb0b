"""A small shop to try everything with: its channels live on the pretend networks."""

import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from hawker.config import demo_film, demo_pictures
from hawker.connect.platform import Audience
from hawker.connect.registry import platform
from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.contacts import importing, lists
from hawker.core.contacts.importing import Import
from hawker.core.contacts.rules import Source
from hawker.core.contacts.values import Agreement
from hawker.core.media import actions as media
from hawker.core.media import ffmpeg
from hawker.core.people import actions as people
from hawker.core.people import queries as people_queries
from hawker.core.people.models import User
from hawker.core.people.rules import Actor, Role
from hawker.core.posts import actions as posts
from hawker.core.posts import queries as post_queries
from hawker.core.posts.models import Post
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.problems import Unavailable
from hawker.core.publishing import actions as publishing
from hawker.sandbox.app import Sandbox

EMAIL = "demo@hawker.example"
HANDLE = "chunshan"
SHOP = people.Business(name="春山茶行", language="zh-hant", time_zone="Asia/Taipei")

# Each channel with the options that its network wants to be answered.
Shop = Sequence[tuple[Channel, Mapping[str, str]]]


def password() -> str:
    """Of this installation only, the same at every start."""
    key = settings.SECRET_KEY.encode()
    return "tea-" + hmac.new(key, b"demo", hashlib.sha256).hexdigest()[:10]


def fill(sandbox: Sandbox) -> None:
    """Makes the shop the first time; later only opens its accounts again, for the networks forget."""
    user = User.objects.filter(email=EMAIL).first()
    if user is None:
        actor = _open_shop()
        opened = _open_channels(actor, sandbox)
        shop = [(each, sandbox.networks[each.platform].answers) for each in opened]
        _write_posts(actor, [each for each in shop if not _is_for_people(each[0])])
        _write_letters(actor, [each for each in shop if _is_for_people(each[0])])
        return
    membership = people_queries.memberships(user)[0]
    actor = people.actor_of(user, membership.workspace_id, Role(membership.role))
    _open_channels(actor, sandbox)


def _open_shop() -> Actor:
    language = "zh-hant" if os.environ.get("LANG", "").lower().startswith("zh") else "en"
    person = people.Person(name="林春山", email=EMAIL, password=password(), language=language)
    user = people.open_account(person)
    workspace = people.make_business(user, SHOP)
    return people.actor_of(user, workspace.id, Role.owner)


def _open_channels(actor: Actor, sandbox: Sandbox) -> list[Channel]:
    opened = []
    for name, network in sandbox.networks.items():
        if network.app:
            channels.keep_app(actor, name, network.app)
        way, fields = network.pretend.account(HANDLE)
        opened.append(channels.connect(actor, name, way, fields))
    return opened


def _write_posts(actor: Actor, shop: Shop) -> None:
    oolong = _picture(actor, "oolong.jpg", demo_pictures.tea_cup(), "一杯金黃色的烏龍茶，杯口冒著熱氣")
    hills = _picture(actor, "hills.jpg", demo_pictures.tea_hills(), "清晨的茶山，一層一層的茶園")
    boxes = _picture(actor, "boxes.jpg", demo_pictures.gift_boxes(), "紅色與金色的年節茶葉禮盒")
    publishing.schedule(actor, _post(actor, shop, SPRING, (oolong,)).id)
    publishing.schedule(actor, _post(actor, shop, HARVEST, (hills,), comment=HOURS).id)
    publishing.schedule(actor, _post(actor, shop, GIFTS, (boxes,)).id, _at(days=2, hour=20))
    publishing.schedule(actor, _post(actor, shop, TASTING, ()).id, _at(days=5, hour=9))
    _show_film(actor, shop)
    _post(actor, shop, IDEA, ())


def _write_letters(actor: Actor, through: Shop) -> None:
    """To the regulars, where a network delivers to people."""
    for channel, answers in through:
        regulars = lists.open_list(actor, f"{REGULARS} · {channel.handle}" if len(through) > 1 else REGULARS)
        rows = [f"8869000001{number:02},{name},yes" for number, name in enumerate(NAMES)]
        rows.append("886900000199,還沒問過的客人,")
        agreement = Agreement(source=Source.spoken, words=AGREED)
        text = "\n".join(rows)
        wish = Import(platform=channel.platform, text=text, list_id=regulars.id, agreement=agreement)
        importing.take_in(actor, wish)
        wordings = (Wording(channel=channel.id, options=answers, audience=regulars.id),)
        letter = posts.write(actor, Writing(text=LETTER, language="zh-Hant", wordings=wordings))
        publishing.schedule(actor, letter.id, _at(days=1, hour=11))


def _show_film(actor: Actor, shop: Shop) -> None:
    """Left out where this machine has no ffmpeg."""
    try:
        film = media.add_file(actor, "hills.mp4", demo_film.hills())
    except (ffmpeg.Missing, Unavailable):
        return
    shown = (Picture(media=film.id, alt="鏡頭緩緩走過清晨的茶山"),)
    if _taking(actor, shop, _writing(shop, MORNING, shown)):
        publishing.schedule(actor, _post(actor, shop, MORNING, shown).id)


def _is_for_people(channel: Channel) -> bool:
    return platform(channel.platform).audience is Audience.always


def _picture(actor: Actor, name: str, data: bytes, alt: str) -> Picture:
    return Picture(media=media.add(actor, name, data).id, alt=alt)


def _post(actor: Actor, shop: Shop, text: str, pictures: tuple[Picture, ...], comment: str = "") -> Post:
    """On the channels whose networks take it."""
    taking = _taking(actor, shop, _writing(shop, text, pictures, comment))
    return posts.write(actor, _writing(taking, text, pictures, comment))


def _taking(actor: Actor, shop: Shop, writing: Writing) -> Shop:
    fitting = {each.channel.id for each in post_queries.reviews(actor, writing) if not each.problems}
    return [each for each in shop if each[0].id in fitting]


def _writing(shop: Shop, text: str, pictures: tuple[Picture, ...], comment: str = "") -> Writing:
    wordings = tuple(Wording(channel=channel.id, options=answers) for channel, answers in shop)
    return Writing(text=text, language="zh-Hant", pictures=pictures, wordings=wordings, first_comment=comment)


def _at(*, days: int, hour: int) -> datetime:
    zone = ZoneInfo(SHOP.time_zone)
    day = timezone.now().astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=zone)


SPRING = """今年的高山烏龍到了。

清晨採的一心二葉，手工揉捻，喉韻很長。本週來店裡，先喝一杯再決定。

#烏龍茶 #春山茶行"""
HARVEST = "早上五點的茶園，霧還沒散。採茶的阿姨們已經唱起歌來了。 #茶山日常"
MORNING = "一分鐘看完茶山的早晨：霧散之前，茶葉已經採好了。 #茶山日常"
HOURS = "營業時間：每天 10:00–20:00，週二公休。"
GIFTS = "年節禮盒開始預購：烏龍、紅茶各一罐，附手寫卡片。十二月十五日前下單，免運費。 #年節禮盒"
TASTING = "週六下午兩點試茶會，三款新茶一次喝。座位十二個，私訊報名就好。"
REGULARS = "熟客"
NAMES = ("林小姐", "陳太太", "王先生", "張老師", "李阿姨", "黃先生", "吳小姐", "蔡醫師")
AGREED = "新茶到了請通知我。"
LETTER = "新到的高山烏龍，本週先留給老朋友"
IDEA = "點子：請熟客說一個跟茶有關的故事。"
