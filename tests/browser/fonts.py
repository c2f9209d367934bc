"""The fonts that pages are shown in: a wide one and a narrow one, whatever else the machine has and would choose."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

WIDE, NARROW = FONTS = ("DejaVu Sans", "Liberation Sans")
"""As wide as fonts for screens get, and as narrow as Arial. The wide one also has the signs that the other lacks."""

_RULES = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<dir>/usr/share/fonts</dir>
<dir>/usr/local/share/fonts</dir>
<dir prefix="xdg">fonts</dir>
<cachedir>/var/cache/fontconfig</cachedir>
<cachedir prefix="xdg">fontconfig</cachedir>
<selectfont>
<rejectfont><pattern><patelt name="scalable"><bool>true</bool></patelt></pattern></rejectfont>
<rejectfont><pattern><patelt name="scalable"><bool>false</bool></patelt></pattern></rejectfont>
{accepted}
</selectfont>
<match target="pattern"><edit name="family" mode="assign" binding="strong">{chosen}</edit></match>
</fontconfig>
"""
_ACCEPTED = """<acceptfont><pattern><patelt name="family"><string>{font}</string></patelt>
<patelt name="slant"><int>0</int></patelt><patelt name="width"><int>100</int></patelt></pattern></acceptfont>"""


def surroundings(folder: Path, font: str) -> dict[str, str]:
    """The environment of a process that is to have one of `FONTS` for any font it asks for, and no others to go to.

    Its rules for fontconfig are written into the folder.
    """
    used = dict.fromkeys((font, WIDE))
    accepted = "\n".join(_ACCEPTED.format(font=one) for one in used)
    rules = folder / f"{font}.conf"
    rules.write_text(
        _RULES.format(accepted=accepted, chosen="".join(f"<string>{one}</string>" for one in used)), encoding="utf-8"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(rules)}


def missing() -> list[str]:
    """Which of `FONTS` are not installed; all of them where nothing can tell."""
    if shutil.which("fc-list") is None:
        return list(FONTS)
    families = subprocess.run(["fc-list", ":", "family"], capture_output=True, check=True, text=True).stdout
    return [font for font in FONTS if font not in families.replace(",", "\n").splitlines()]
