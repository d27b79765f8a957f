"""Meeting mode: the page kept on the device, the devices let in, and what they send when there is network."""

import json
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.metering import Meter
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.gatherings.models import Device, Gathering
from bpc.portal.gatherings.room import devices
from bpc.portal.gatherings.room.receiving import MOST_IN_A_BATCH, Receipt, receive
from bpc.portal.gatherings.room.summary import heard_elsewhere, room_summary
from bpc.portal.web.gatherings.room_files import LogFileForm, read_log
from bpc.portal.web.gatherings.room_page import page_context, place_of, service_script

MOST_BYTES = 512 * 1024  # of one batch
_METER = Meter(most=240)  # batches a minute and address: a hall of twenty devices behind one line


def room_of(request: HttpRequest, key: str) -> Gathering:
    """The meeting, for whoever runs its room; 404 or 403 for the others."""
    rows = Gathering.objects.select_related("region", "commune")
    gathering = get_visible_or_404(request.user, rows, key=key)
    if not can(request.user, "gatherings.room", gathering):
        raise PermissionDenied("gatherings.room")
    return gathering


@never_cache
@require_GET
def room(request: HttpRequest, key: str) -> HttpResponse:
    """The page that works without network once it was opened with it."""
    return render(request, "gatherings/room.html", page_context(room_of(request, key)))


@require_GET
def room_service(request: HttpRequest, key: str) -> HttpResponse:
    """The service worker of this page; it holds nothing but the addresses of public files and of the page."""
    gathering = get_visible_or_404(request.user, Gathering, key=key)
    answer = HttpResponse(service_script(gathering), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = request.path.rsplit("/", 1)[0]
    answer["Cache-Control"] = "no-cache"
    return answer


@never_cache
@require_POST
def room_open(request: HttpRequest, key: str) -> HttpResponse:
    """Let this device in: its key and its secret, told once."""
    gathering = room_of(request, key)
    name = " ".join(request.POST.get("name", "").split())[:60] or "—"
    try:
        opened = devices.open_device(gathering=gathering, name=name, actor=request.user, at=timezone.now())
    except devices.TooManyDevices:
        return JsonResponse({"error": "devices"}, status=409)
    return JsonResponse({"device": str(opened.device.key), "secret": opened.secret})


@csrf_exempt  # no cookie is read: the device's secret is the right
@never_cache
@require_POST
def room_send(request: HttpRequest, key: str) -> HttpResponse:
    """A batch of events from a device. 403 when it is not let in any more; then it keeps what it has."""
    if wait := _METER.count(client_address(request)):
        return JsonResponse({"error": "wait"}, status=429, headers={"Retry-After": str(wait)})
    gathering = Gathering.objects.filter(key=key).first()
    sent = _sent(request)
    if gathering is None or sent is None:
        return JsonResponse({"error": "form"}, status=400)
    device = devices.known_device(gathering, sent["device"], sent["secret"], timezone.now())
    if device is None:
        return JsonResponse({"error": "device"}, status=403)
    receipt = receive(device=device, events=sent["events"], at=timezone.now())
    return JsonResponse(_told(receipt) | {"elsewhere": heard_elsewhere(device)})


@never_cache
def room_devices(request: HttpRequest, key: str) -> HttpResponse:
    """The devices of the room, what came from each; POST takes a log file in, for a device that cannot send."""
    gathering = room_of(request, key)
    form = LogFileForm(request.POST or None, request.FILES or None)
    receipt: Receipt | None = None
    if request.method == "POST" and form.is_valid():
        log = read_log(form, gathering)
        if log is not None:
            receipt = _taken_in(log.device, log.events)
    context = {
        "gathering": gathering, "form": form, "receipt": receipt, "summary": room_summary(gathering),
        "lifetime": devices.LIFETIME.days, "place": place_of(gathering),
    }  # fmt: skip
    return render(request, "gatherings/room_devices.html", context, status=422 if form.errors else 200)


@require_POST
def room_revoke(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Shut a lost device out."""
    gathering = room_of(request, key)
    device = get_visible_or_404(request.user, Device, pk=pk, gathering=gathering)
    devices.revoke_device(device=device, actor=request.user, at=timezone.now())
    return redirect("web:room_devices", key=gathering.key)


def _taken_in(device: Device, events: list[Any]) -> Receipt:
    """All of a file, batch after batch."""
    whole = Receipt()
    for start in range(0, len(events), MOST_IN_A_BATCH):
        part = receive(device=device, events=events[start : start + MOST_IN_A_BATCH], at=timezone.now())
        whole.kept += part.kept
        whole.refused |= part.refused
    return whole


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    """The parts of a batch, None when it is none."""
    try:
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
            return None
        document = json.loads(request.body)
        events, secret = document["events"], document["secret"]
        device = UUID(document["device"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not isinstance(events, list) or not isinstance(secret, str) or len(events) > MOST_IN_A_BATCH:
        return None
    return {"device": device, "secret": secret, "events": events}


def _told(receipt: Receipt) -> dict[str, Any]:
    return {"kept": receipt.kept, "refused": {str(number): why for number, why in receipt.refused.items()}}
