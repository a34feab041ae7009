"""Both simulators together, as `blinkbot simulate` and the demo run them."""

from typing import Self

from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.simulator.botapi import Group, Person, Phone, TelegramServer

OWNER_CHAT = 1_730_501
FAMILY_CHAT = -1_001_730_502_000


class Simulation:
    """A Blink home, a Telegram, the phone of their owner, and her family's group with topics.

    `telegram` takes the place of the usual one, for other limits of size.
    """

    def __init__(self, *, pin_required: bool = True, telegram: TelegramServer | None = None) -> None:
        self.cloud = BlinkCloud(pin_required=pin_required)
        self.telegram = telegram or TelegramServer()
        self.phone: Phone = self.telegram.phone(OWNER_CHAT, first_name="Ada", username="ada")
        family: list[Phone | Person] = [self.phone, Person(1_730_503, "William"), Person(1_730_504, "Anne")]
        self.group: Group = self.telegram.group(FAMILY_CHAT, "The family", family, bot_is_admin=True, forum=True)

    async def start(self, port: int = 0) -> None:
        """Listen on two neighbouring ports of loopback, or on free ones for 0. Raises OSError when one is taken."""
        await self.cloud.start(port)
        try:
            await self.telegram.start(port + 1 if port else 0)
        except BaseException:
            await self.cloud.stop()
            raise

    async def stop(self) -> None:
        """Close both."""
        await self.telegram.stop()
        await self.cloud.stop()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.stop()

    def facts(self) -> dict[str, str | int]:
        """What another program needs to connect a bot, and to read the code that Blink "sends"."""
        return {
            "blink": self.cloud.url,
            "telegram": self.telegram.url,
            "email": self.cloud.email,
            "password": self.cloud.password,
            "pin": self.cloud.pin,
            "token": self.telegram.token,
            "chat": OWNER_CHAT,
            "group": FAMILY_CHAT,
        }
