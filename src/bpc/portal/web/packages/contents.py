"""The files of packages, at an address apart: signed for one person, sandboxed, allowed to talk to nothing else.

A sandboxed page has an origin of its own, which no other page shares: it sends no cookies, reads none of ours, reaches
neither our page nor our storage. Its policy lets it load only what lies under its own signed address, and the run-time
we put first in its pages; so that nothing it knows leaves for another host.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from bpc.portal.foundation.kept_files import asked_range
from bpc.portal.packages.contents import Entry, find_entry, page_with, pieces_of, read_entry
from bpc.portal.packages.models import Package
from bpc.portal.packages.passes import LASTS, package_behind
from bpc.portal.packages.states import Kind

_PAGES = ("text/html", "application/xhtml+xml")
_STAGE = "-/lecteur"  # where our own page that plays H5P stands, in the folder of the package


def folder_of(request: HttpRequest, signed: str) -> str:
    """The address under which lie all the files of a package, for a policy."""
    return request.build_absolute_uri(reverse("package_stage", args=[signed]).removesuffix(_STAGE))


def first_address(package: Package, signed: str) -> str:
    """Where a package begins."""
    if package.kind == Kind.H5P:
        return reverse("package_stage", args=[signed])
    return reverse("package_file", args=[signed, package.launch]) + package.launch_query


@xframe_options_exempt  # the policy says who may show it, and says it to every browser that knows policies
@require_safe
def package_file(request: HttpRequest, signed: str, path: str) -> HttpResponseBase:
    """One file of a package."""
    package = package_behind(signed)
    entry = find_entry(package, path) if package is not None else None
    if package is None or entry is None:
        return _sealed(HttpResponse(status=404, content_type="text/plain"), request, signed)
    if entry.content_type in _PAGES and package.kind != Kind.H5P:
        page, encoding = page_with(read_entry(package, entry), _run_time(package))
        told = f"{entry.content_type}; charset={encoding}" if encoding else entry.content_type
        response: HttpResponseBase = HttpResponse(page, content_type=told)
        response["Cache-Control"] = "private, no-store"  # it names scripts that change with our releases
    else:
        response = _sent(request, package, entry)
        response["Cache-Control"] = f"private, max-age={int(LASTS.total_seconds())}, immutable"
    return _sealed(response, request, signed)


@xframe_options_exempt
@require_safe
def package_stage(request: HttpRequest, signed: str) -> HttpResponseBase:
    """Our page that plays an H5P content, in the same sandbox as its files."""
    package = package_behind(signed)
    if package is None or package.kind != Kind.H5P:
        return _sealed(HttpResponse(status=404, content_type="text/plain"), request, signed)
    response = render(request, "packages/h5p_stage.html", {"package": package})
    response["Cache-Control"] = "private, no-store"
    return _sealed(response, request, signed)


def _run_time(package: Package) -> str:
    """The scripts a lesson finds in its own window before anything of its own runs."""
    library = "scorm2004" if package.kind == Kind.SCORM_2004 else "scorm12"
    scripts = [
        static("web/js/package-shelter.js"),
        static(f"web/vendor/scorm-again/{library}.min.js"),
        static("web/js/package-scorm.js"),
    ]
    return format_html_join("", '<script src="{}"></script>', ((script,) for script in scripts))


def _sent(request: HttpRequest, package: Package, entry: Entry) -> HttpResponseBase:
    """The file, or the one range of it that was asked: players of sound and pictures ask so."""
    asked = asked_range(request, entry.size)
    if asked is None and entry.size:
        response = StreamingHttpResponse(
            pieces_of(package, entry, 0, entry.size - 1), content_type=entry.content_type
        )
        response["Content-Length"] = str(entry.size)
    elif asked is None:
        return HttpResponse(b"", content_type=entry.content_type)
    elif asked[0] > asked[1]:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{entry.size}"})
    else:
        first, last = asked
        pieces = pieces_of(package, entry, first, last)
        response = StreamingHttpResponse(pieces, status=206, content_type=entry.content_type)
        response["Content-Range"] = f"bytes {first}-{last}/{entry.size}"
        response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def _sealed(response: HttpResponseBase, request: HttpRequest, signed: str) -> HttpResponseBase:
    """What makes the address apart safe, on every answer it gives."""
    response["Content-Security-Policy"] = _policy(request, signed)
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"  # the address is a secret
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # its pages have no origin: they read their own files as strangers would, the secret address in hand
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _policy(request: HttpRequest, signed: str) -> str:
    own = folder_of(request, signed)
    origin = f"{request.scheme}://{request.get_host()}"
    ours = f"{origin}{settings.STATIC_URL}web/"
    return "; ".join([
        "sandbox allow-scripts allow-forms",
        "default-src 'none'",
        # lessons write scripts and styles in their pages, and compute some: what they may do is bound by the sandbox
        f"script-src {own} {ours} 'unsafe-inline' 'unsafe-eval'",
        f"style-src {own} {ours} 'unsafe-inline'",
        f"img-src {own} {ours} data: blob:",
        f"media-src {own} data: blob:",
        f"font-src {own} {ours} data:",
        f"connect-src {own}",
        f"worker-src {own} blob:",
        f"frame-src {own}",
        f"form-action {own}",
        f"base-uri {own}",
        "object-src 'none'",
        "webrtc 'block'",
        f"frame-ancestors {origin}",
    ])  # fmt: skip
