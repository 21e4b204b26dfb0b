"""The pretend Telegram's methods, by name."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from hawker.connect.http import Json
from hawker.platforms.telegram import sandbox_json as entities
from hawker.platforms.telegram.sandbox_call import Call, Refusal
from hawker.platforms.telegram.sandbox_send import SendRoom, allowed, named
from hawker.platforms.telegram.sandbox_world import Channel, Robot, World

Method = Callable[[Robot, Call], Json]
DELETABLE = timedelta(hours=48)


def sending(world: World) -> Mapping[str, Method]:
    room = SendRoom(world)
    return {
        "sendmessage": room.text,
        "sendphoto": room.photo,
        "sendvideo": room.video,
        "sendanimation": room.animation,
        "sendmediagroup": room.album,
        "sendpoll": room.poll,
    }


class Methods:
    """What reads, and what takes off."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> Mapping[str, Method]:
        """Telegram does not mind in which case a method's name is written."""
        return {
            "getme": lambda robot, _: entities.me(robot),
            "getchat": self._chat,
            "getchatmember": self._member,
            "getchatmembercount": self._count,
            "getfile": self._file,
            "deletemessage": self._delete,
            "deletemessages": self._delete_several,
        }

    def _chat(self, robot: Robot, call: Call) -> Json:
        """A private channel is unknown to those who are not in it."""
        channel = named(self._world, call)
        inside = channel.robot is robot and channel.status not in {"left", "kicked"}
        if not (channel.username or inside):
            raise Refusal(400, "Bad Request: chat not found")
        return entities.full_chat(channel)

    def _member(self, robot: Robot, call: Call) -> Json:
        channel = named(self._world, call)
        if channel.robot is not robot or channel.status == "left":
            raise Refusal(400, "Bad Request: member list is inaccessible")
        if channel.status == "kicked":
            raise Refusal(403, "Forbidden: bot was kicked from the channel chat")
        if call.number("user_id") != robot.id:
            raise Refusal(400, "Bad Request: PARTICIPANT_ID_INVALID")
        return entities.member(channel)

    def _count(self, robot: Robot, call: Call) -> Json:
        """The owner and the bot: nobody else ever joins."""
        return 2 if named(self._world, call).status == "administrator" else 1

    def _file(self, robot: Robot, call: Call) -> Json:
        upload = self._world.uploads.get(call.text("file_id"))
        if upload is None:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return {
            "file_id": upload.id,
            "file_unique_id": upload.id[:12],
            "file_size": len(upload.data),
            "file_path": upload.path,
        }

    def _delete(self, robot: Robot, call: Call) -> Json:
        channel, number = allowed(self._world, robot, call), call.number("message_id")
        if number not in channel.messages:
            raise Refusal(400, "Bad Request: message to delete not found")
        self._take_off(channel, number)
        return True

    def _delete_several(self, robot: Robot, call: Call) -> Json:
        """What is not there is skipped."""
        channel, numbers = allowed(self._world, robot, call), call.json("message_ids")
        if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
            raise Refusal(400, "Bad Request: wrong number of message identifiers")
        for number in numbers:
            if isinstance(number, int) and number in channel.messages:
                self._take_off(channel, number)
        return True

    def _take_off(self, channel: Channel, number: int) -> None:
        if self._world.now() - channel.messages[number].date > DELETABLE:
            raise Refusal(400, "Bad Request: message can't be deleted for everyone")
        del channel.messages[number]
