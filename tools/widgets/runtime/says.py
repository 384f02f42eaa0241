"""What the runtime says to readers, by code. Pages carry these sentences; JavaScript only picks one.

`{total}`, `{count}`, `{time}` and `{name}` are slots: JavaScript fills in a number, a time or the name of a tool.
"""

from __future__ import annotations

import re

from markupsafe import Markup

DOWNLOAD_MB = 6
"""What starting Python downloads once, in whole MB as gzip sends it; `tests/test_archive.py` holds it to the files."""

PYTHON = {
    "paper": "You can fill this in here or print it. With scripts on, Python also checks it, on your own device.",
    "idle": "Python starts when you begin: about {total} MB, once. It runs on your own device.",
    "found": "Work of yours is saved on this device. Touch any field to open it: about {total} MB, once.",
    "loading": "Starting Python: about {total} MB, once. Go on meanwhile; what you fill in is kept.",
    "slow": "Python is still on its way over a slow line. Go on meanwhile; what you fill in is kept.",
    "ready": "Python is ready. What you fill in stays on this device.",
    "failed-wasm": "This browser is too old to run Python, or it is switched off in it. A newer browser can; "
    "so can the paper way. What you filled in is still here.",
    "failed-blocked": "This browser or your network does not let Python run on this page. "
    "What you filled in is still here, and the paper way works.",
    "failed-files": "Python’s files did not arrive. Check your connection and try again. "
    "What you filled in is still here, and the paper way works.",
    "failed-slow": "Nothing has arrived for 20 seconds. Try again, or take the paper way. "
    "What you filled in is still here.",
    "failed-worker": "This browser did not let Python start in the background. Try again, or take the paper way. "
    "What you filled in is still here.",
    "failed-python": "Python stopped while it started. Try again, or take the paper way. "
    "What you filled in is still here.",
    "failed-answer": "Python did not answer. Try again, or take the paper way. What you filled in is still here.",
    "failed-bug": "The last step went wrong. That is our mistake, not yours. What you filled in is still here; "
    "change it and go on.",
}
"""How Python is. A `failed-...` comes with a button to try again."""

SAVED = {
    "nothing": "Nothing is saved yet.",
    "saved": "Saved on this device {time}",
    "opened": "Opened from this device, saved {time}",
    "draft": "Kept on this device {time}, not yet checked",
    "unsaved": "Not saved: this browser keeps nothing for this site. Print it or save a file to keep it.",
    "full": "Not saved: there is no room left on this device. Print it or save a file to keep it.",
    "elsewhere": "Not saved: this was changed in another tab. Save a file to keep this one, then load the page again.",
    "unread": "What was saved on this device could not be read. It is put aside, not deleted.",
    "file": "Saved in a file {time}",
    "too-big": "That file is too large to be one of ours. Nothing is changed.",
    "not-read": "That file could not be read. Nothing is changed.",
    "forgotten": "Deleted from this device {time}",
}
"""Where the reader's work is kept."""

CAMERA = {
    "asking": "If your browser asks, choose Allow.",
    "first": "Hold up the first QR code.",
    "one": "{count} code read. Hold the next one up.",
    "many": "{count} codes read. Hold the next one up.",
    "denied": "Your browser keeps the camera from this page. Allow it in the settings next to the address and press "
    "the button again, or take a picture of the codes.",
    "missing": "There is no camera on this device. Choose a picture of the codes, or type them.",
    "busy": "The camera is busy or was switched off. Close what else uses it and press the button again, or take a "
    "picture of the codes.",
    "late": "What this page needs to use the camera has not arrived. Go online for a moment and press the button "
    "again, or type the codes.",
    "unable": "The camera does not work here. Take a picture of the codes, or type them.",
}
"""How reading codes with the camera goes, and why it does not."""

DEVICE = {
    "paper": "With scripts on, this page shows what this browser keeps from this site, and deletes it.",
    "nothing": "This browser keeps nothing from this site.",
    "some": "This browser keeps:",
    "record": "{name}, saved {time}",
    "draft": "{name}, kept before it was checked, {time}",
    "aside": "{name}, put aside because it could not be read, {time}",
    "sure": "This deletes all of it from this browser and cannot be undone. Save a file first to keep your work.",
    "cleared": "Done. This browser keeps nothing from this site any more. On a shared computer, close this tab too.",
    "left": "Something is still there. Close the other tabs of this site and try again.",
    "blocked": "This browser does not let the site look at what it keeps. Its own settings can clear it.",
}
"""The page that shows and clears what is kept on the device."""

_SLOT = re.compile(r"\{(\w+)\}")


def sentence(text: str) -> Markup:
    """A sentence as HTML, its slots as `<span data-slot="...">` for JavaScript to fill; `{total}` is filled already."""
    parts = _SLOT.split(text)
    first = Markup.escape(parts[0])
    known = {"total": str(DOWNLOAD_MB)}
    return first + Markup("").join(
        Markup('<span data-slot="{}">{}</span>{}').format(slot, known.get(slot, ""), rest)
        for slot, rest in zip(parts[1::2], parts[2::2], strict=True)
    )
