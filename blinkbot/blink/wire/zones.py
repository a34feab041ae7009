"""JSON ↔ where a camera looks for motion, in the newer form and in the older (protocol §14)."""

from blinkbot.blink.camera_settings import MotionRegions, PrivacyZone, Zones
from blinkbot.blink.wire.fields import Fields

REGIONS = 25
ADVANCED = 1 << 30  # a bit beside those of the regions
_ALL = (1 << REGIONS) - 1


def zones(body: object) -> Zones | MotionRegions:
    """What stands at a camera's zones, which is the older form for some."""
    top = Fields("zones", body)
    if "zone_mask" not in top:
        return _regions(top, beside_zones=True)
    return Zones(
        rows=_count(top, "basic_zone_rows"),
        columns=_count(top, "basic_zone_columns"),
        mask=_numbers(top, "zone_mask"),
        privacy=tuple(_privacy(zone) for zone in top.parts("privacy_zones")),
        analytics=top.flag("use_analytics_for_motion") if top.given("use_analytics_for_motion") else None,
        stored=dict(top.items()),
    )


def motion_regions(body: object) -> MotionRegions:
    return _regions(Fields("motion-regions", body), beside_zones=False)


def zones_body(wanted: Zones) -> dict[str, object]:
    """Zones as Blink takes them: all that it keeps, with that alone replaced which is not the same any more."""
    body: dict[str, object] = dict(wanted.stored)
    before = zones(body) if body else None
    if not isinstance(before, Zones):
        before = None
    if before is None or before.mask != wanted.mask:
        body["zone_mask"] = list(wanted.mask)
    if before is None or before.privacy != wanted.privacy:
        body["privacy_zones"] = [{"x": at.x, "y": at.y, "w": at.width, "h": at.height} for at in wanted.privacy]
    if wanted.analytics is not None:
        body["use_analytics_for_motion"] = wanted.analytics
    body.setdefault("basic_zone_rows", wanted.rows)
    body.setdefault("basic_zone_columns", wanted.columns)
    return body


def regions_body(wanted: MotionRegions) -> dict[str, object]:
    """Motion regions as Blink takes them; bits that nobody knows stay as they are."""
    before = wanted.stored.get("motion_regions")
    rest = before & ~(_ALL | ADVANCED) if isinstance(before, int) else 0
    bits = sum(1 << place for place, counts in enumerate(wanted.regions) if counts)
    body: dict[str, object] = dict(wanted.stored) if wanted.beside_zones else {}
    body["motion_regions"] = rest | bits | ADVANCED * wanted.advanced
    return {**body, "advanced_motion_regions": list(wanted.fine)} if wanted.fine else body


def _regions(top: Fields, *, beside_zones: bool) -> MotionRegions:
    bits = top.integer("motion_regions")
    if bits is None or bits < 0:
        raise top.wrong("motion_regions", "a mask was expected")
    fine = _numbers(top, "advanced_motion_regions") if top.given("advanced_motion_regions") else ()
    regions = tuple(bool(bits >> place & 1) for place in range(REGIONS))
    return MotionRegions(regions, bool(bits & ADVANCED), fine, beside_zones, dict(top.items()))


def _privacy(item: Fields) -> PrivacyZone:
    width, height = ("w", "h") if "w" in item else ("width", "height")
    return PrivacyZone(_count(item, "x"), _count(item, "y"), _count(item, width), _count(item, height))


def _count(item: Fields, name: str) -> int:
    found = item.integer(name)
    if found is None or found < 0:
        raise item.wrong(name, "a number was expected")
    return found


def _numbers(item: Fields, name: str) -> tuple[int, ...]:
    found = dict(item.items()).get(name)
    if not isinstance(found, list) or not all(type(number) is int and number >= 0 for number in found):
        raise item.wrong(name, "a list of numbers was expected")
    return tuple(found)
