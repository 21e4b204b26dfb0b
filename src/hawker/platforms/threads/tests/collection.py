"""The requests of Meta's official Postman collection for Threads (fbsamples/threads_api at 44df04d4 of
2026-01-02), in an order in which they can be played: method, path and parameters as they stand there, and the
fields that its examples of answers show. What is in braces is one of its variables."""

from dataclasses import dataclass, field

_POLL = (
    "poll_attachment{option_a,option_b,option_c,option_d,option_a_votes_percentage,option_b_votes_percentage,"
    "option_c_votes_percentage,option_d_votes_percentage,expiration_timestamp}"
)
THREADS = (
    "id,media_product_type,media_type,media_url,gif_url,permalink,owner,username,text,timestamp,shortcode,"
    "thumbnail_url,children,is_quote_post,quoted_post,reposted_post,has_replies,alt_text,link_attachment_url,"
    f"{_POLL},location_id,topic_tag,is_verified,profile_picture_url"
)
REPLIES = (
    "id,text,timestamp,media_product_type,media_type,media_url,gif_url,permalink,shortcode,thumbnail_url,"
    "username,children,is_quote_post,quoted_post,reposted_post,alt_text,link_attachment_url,has_replies,is_reply,"
    f"is_reply_owned_by_me,root_post,replied_to,hide_status,reply_audience,{_POLL},location_id,topic_tag,"
    "is_verified,profile_picture_url"
)
PROFILE = (
    "id,username,name,is_verified,threads_profile_picture_url,threads_biography,recently_searched_keywords,"
    "is_eligible_for_geo_gating"
)
PLACE = "id,address,city,country,name,latitude,longitude,postal_code"
QUOTA = (
    "quota_usage,config,reply_quota_usage,reply_config,delete_quota_usage,delete_config,"
    "location_search_quota_usage,location_search_config"
)
OF_POST = "views,likes,replies,reposts,quotes,shares"
OF_ACCOUNT = "views,likes,replies,reposts,quotes,clicks,followers_count,follower_demographics"
SHOWN = {"id", "media_product_type", "media_type", "permalink", "username", "text", "timestamp", "shortcode"}
FLAGS = {"is_quote_post", "has_replies"}
OF_REPLY = SHOWN | FLAGS | {"is_reply", "is_reply_owned_by_me", "root_post", "replied_to"}


@dataclass(frozen=True, kw_only=True)
class Request:
    """`shows`: fields of the answer, or of each entry of its `data`. `keeps`: the variable that its id
    becomes. `by`: whose key it comes with; empty for none."""

    name: str
    call: str
    params: dict[str, str] = field(default_factory=dict)
    shows: set[str]
    keeps: str = ""
    listed: bool = False
    by: str = "key"


def _made(name: str, keeps: str, **params: str) -> Request:
    return Request(name=name, call="POST /me/threads", params=params, shows={"id"}, keeps=keeps)


def _published(name: str, container: str, keeps: str) -> Request:
    params = {"creation_id": f"{{{container}}}"}
    return Request(name=name, call="POST /me/threads_publish", params=params, shows={"id"}, keeps=keeps)


def status(container: str) -> Request:
    return Request(
        name="Check Container's Publishing Status",
        call=f"GET /{{{container}}}/",
        params={"fields": "id,status,error_message"},
        shows={"id", "status"},
    )


REQUESTS = (
    Request(
        name="Exchange the Code For a Token",
        call="POST /oauth/access_token",
        params={
            "client_id": "{app_id}",
            "client_secret": "{app_secret}",
            "code": "{code}",
            "grant_type": "authorization_code",
            "redirect_uri": "{redirect_uri}",
        },
        shows={"access_token", "user_id"},
        keeps="short_key",
        by="",
    ),
    Request(
        name="Get Long-Lived Access Token",
        call="GET /access_token",
        params={"grant_type": "th_exchange_token", "client_secret": "{app_secret}"},
        shows={"access_token", "token_type", "expires_in"},
        by="short_key",
    ),
    Request(
        name="Refresh Access Token",
        call="GET /refresh_access_token",
        params={"grant_type": "th_refresh_token"},
        shows={"access_token", "token_type", "expires_in"},
        by="old_key",
    ),
    Request(
        name="Get App Access Token",
        call="GET /oauth/access_token",
        params={
            "grant_type": "client_credentials",
            "client_id": "{app_id}",
            "client_secret": "{app_secret}",
        },
        shows={"access_token", "token_type"},
        keeps="app_access_token",
        by="",
    ),
    _made(
        "1.1 Create Text Container",
        "thread_id",
        text="This is a test post.",
        media_type="TEXT",
        auto_publish_text="true",
    ),
    _made(
        "1.2 Create Image Container",
        "image",
        text="This is an image.",
        media_type="IMAGE",
        image_url="{image_url}",
        alt_text="An example image.",
    ),
    _made(
        "1.3 Create Video Container",
        "video",
        text="This is a video.",
        media_type="VIDEO",
        video_url="{video_url}",
        alt_text="An example video.",
    ),
    _published("2. Publish Threads Post", "image", "quote_post_id"),
    _made(
        "1.1 Create an Image Item Container",
        "first_child",
        media_type="IMAGE",
        image_url="{image_url}",
        is_carousel_item="true",
        alt_text="An example image.",
    ),
    _made(
        "1.2 Create a Video Item Container",
        "second_child",
        media_type="VIDEO",
        video_url="{video_url}",
        is_carousel_item="true",
        alt_text="An example video.",
    ),
    _made(
        "2. Create a Carousel Container",
        "carousel",
        media_type="CAROUSEL",
        children="{first_child},{second_child}",
        text="This is a carousel.",
    ),
    _published("3. Publish a Carousel Container", "carousel", "carousel_id"),
    _made(
        "1. Create Media Container",
        "quote",
        text="This is a quoted post.",
        media_type="TEXT",
        quote_post_id="{quote_post_id}",
    ),
    _published("2. Publish Threads Quote Post", "quote", "quoting_id"),
    Request(name="Repost Threads Post", call="POST /{thread_id}/repost", shows={"id"}),
    Request(
        name="Search for Locations",
        call="GET /location_search",
        params={"q": "Menlo Park", "fields": PLACE},
        shows={*PLACE.split(",")},
        listed=True,
        keeps="location_id",
    ),
    Request(
        name="Retrieve Threads Location",
        call="GET /{location_id}",
        params={"fields": PLACE},
        shows={*PLACE.split(",")},
    ),
    Request(
        name="Get App-Scoped User's Profile Information",
        call="GET /me",
        params={"fields": PROFILE},
        shows={"id", "username", "name", "threads_profile_picture_url", "threads_biography"},
    ),
    Request(
        name="Get Public Threads User's Profile Information",
        call="GET /profile_lookup",
        params={"username": "threads"},
        shows={"username", "name", "follower_count"},
    ),
    Request(
        name="Get Threads Post Details",
        call="GET /{thread_id}",
        params={"fields": THREADS},
        shows=SHOWN | FLAGS | {"owner"},
    ),
    Request(
        name="Get a List of All a User's Threads",
        call="GET /me/threads",
        params={"fields": THREADS, "limit": "50"},
        shows={"id", "media_type", "permalink", "owner", "username", "timestamp", "shortcode"},
        listed=True,
    ),
    Request(
        name="Retrieve a List of a Public Profile's Threads",
        call="GET /profile_posts",
        params={"username": "threads", "fields": THREADS},
        shows=SHOWN | FLAGS,
        listed=True,
        keeps="their_id",
    ),
    _made("Respond to Replies", "answer", media_type="TEXT", text="Text", reply_to_id="{reply_thread_id}"),
    _published("2. Publish Threads Post", "answer", "answer_id"),
    Request(
        name="Get Threads Replies",
        call="GET /{thread_id}/replies",
        params={"fields": REPLIES, "reverse": "false"},
        shows=OF_REPLY,
        listed=True,
    ),
    Request(
        name="Get Threads Conversations",
        call="GET /{thread_id}/conversation",
        params={"fields": REPLIES, "reverse": "false"},
        shows=OF_REPLY,
        listed=True,
    ),
    Request(
        name="Hide Replies",
        call="POST /{reply_thread_id}/manage_reply",
        params={"hide": "true"},
        shows={"success"},
    ),
    _made("Control Who Can Reply", "control", media_type="TEXT", text="Text", reply_control="mentioned_only"),
    Request(
        name="Get a List of All a User's Replies",
        call="GET /me/replies",
        params={"fields": REPLIES, "limit": "50"},
        shows=SHOWN | FLAGS,
        listed=True,
    ),
    Request(
        name="Get Post Insights",
        call="GET /{thread_id}/insights",
        params={"metric": OF_POST},
        shows={"name", "period", "values", "title", "description", "id"},
        listed=True,
    ),
    Request(
        name="Get Account Insights",
        call="GET /me/threads_insights",
        params={"metric": OF_ACCOUNT},
        shows={"name", "period", "title", "description", "id"},
        listed=True,
    ),
    Request(
        name="Search for Threads Posts",
        call="GET /keyword_search",
        params={"q": "ThreadsAPI", "search_type": "TOP", "fields": THREADS},
        shows=SHOWN | FLAGS,
        listed=True,
    ),
    Request(
        name="Get Mentioned Threads Posts",
        call="GET /me/mentions",
        params={"fields": THREADS, "limit": "50"},
        shows=SHOWN | FLAGS,
        listed=True,
    ),
    Request(
        name="Embed a Threads Post",
        call="GET /oembed",
        params={"url": "https://www.threads.net/@threads/post/DCkkKl_OGb1"},
        shows={"type", "version", "html"},
        by="app_access_token",
    ),
    status("control"),
    Request(
        name="Retrieve Publishing Quota Limit",
        call="GET /me/threads_publishing_limit",
        params={"fields": QUOTA},
        shows={*QUOTA.split(",")},
        listed=True,
    ),
    Request(
        name="Debug Access Token", call="GET /debug_token", params={"input_token": "{key}"}, shows={"data"}
    ),
    Request(name="Delete Threads Post", call="DELETE /{thread_id}", shows={"success", "deleted_id"}),
)
