"""The pretend Pinterest's tokens, whose first letters tell their kind."""

from hawker.connect import pretend_oauth
from hawker.connect.http import Json
from hawker.connect.pretend_oauth import Grant


class Keys(pretend_oauth.Keys):
    def give(self, grant: Grant, *, lasting: bool = True) -> dict[str, Json]:
        told = super().give(grant, lasting=lasting)
        access = str(told["access_token"])
        self.access[f"pina_{access}"] = self.access.pop(access)
        told["access_token"] = f"pina_{access}"
        if lasting:
            refresh = str(told["refresh_token"])
            self.lasting[f"pinr_{refresh}"] = self.lasting.pop(refresh)
            told["refresh_token"] = f"pinr_{refresh}"
        return told
