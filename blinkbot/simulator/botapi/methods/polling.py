"""getUpdates, and the webhook that takes its place: setWebhook, deleteWebhook, getWebhookInfo."""

from typing import Any

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.world import World


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """The next updates, waiting for the first. A newer call ends this one with 409."""
    allowed = params.array("allowed_updates")
    if allowed is not None:
        world.updates.allow(tuple(str(kind) for kind in allowed))
    limit = params.integer("limit")
    return await world.updates.get(
        params.integer("offset"), 100 if limit is None else limit, params.integer("timeout") or 0
    )


def set_webhook(world: World, params: Params) -> bool:
    """Note a webhook, which shuts getUpdates. The simulator calls none."""
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    return _change_webhook(world, params, url)


def delete_webhook(world: World, params: Params) -> bool:
    """Open getUpdates again."""
    return _change_webhook(world, params, "")


def _change_webhook(world: World, params: Params, url: str) -> bool:
    world.updates.set_webhook(url)
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    return True


def get_webhook_info(world: World, params: Params) -> dict[str, Any]:
    """What setWebhook set."""
    return {
        "url": world.updates.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending,
    }
