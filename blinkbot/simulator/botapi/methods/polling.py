"""getUpdates, and the webhook that takes its place: setWebhook, deleteWebhook."""

from typing import Any

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.world import World


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """The next updates; a newer call ends this one with 409."""
    allowed = params.array("allowed_updates")
    if allowed is not None:
        world.updates.allowed = tuple(str(kind) for kind in allowed)
    limit, timeout = params.values.get("limit", 100), params.values.get("timeout", 0)
    return await world.updates.get(params.integer("offset"), limit, timeout)


def set_webhook(world: World, params: Params) -> bool:
    """Set a webhook, which closes getUpdates; without a url (deleteWebhook) open it again."""
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.updates.set_webhook(url)
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    return True
