"""The editors' guide says what the screen says, and its table of roles is the one in the code."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from accounts.roles import ROLES

ROOT = Path(settings.BASE_DIR)
GUIDE = (ROOT / "docs" / "editors.md").read_text()
# Emphasis that is no label.
PLAIN = {"ditebalkan", "tidak ada naskah yang hilang"}

# What each row of the table means in permissions; all of them are needed for a “ya”.
RIGHTS: dict[str, tuple[str, ...]] = {
    "Membuka artikel orang lain yang tayang": ("articles.view_article",),
    "Melihat daftar gambar, penulis, kanal, dan topik; mengunduh gambar asli": (
        "articles.view_image",
        "articles.view_author",
    ),
    "Menulis advertorial; menyimpan dan mengajukan naskah sendiri": (
        "articles.add_article",
        "articles.change_article",
        "articles.submit_article",
    ),
    "Menulis berita dan jenis lain": ("articles.write_news",),
    "Mengunggah gambar, mengubah keterangannya": ("articles.add_image", "articles.change_image"),
    "Membaca, menyunting, dan mengajukan naskah orang lain": ("articles.edit_any_article",),
    "Mengambil dan menyetujui naskah pada langkah perannya, mengembalikannya": (
        "articles.approve_article",
        "articles.return_article",
    ),
    "Menerbitkan artikel dan perubahannya, menjadwalkan, mengatur akhir tayang": (
        "articles.publish_article",
    ),
    "Menerbitkan tulisan sendiri, dengan alasan": ("articles.override_four_eyes",),
    "Menggantikan peran lain pada langkahnya, dengan alasan": ("articles.pass_any_step",),
    "Bekerja di semua kanal, apa pun batasnya": ("articles.work_in_all_sections",),
    "Mempercepat atau menghapus embargo": ("articles.publish_article",),
    "Membagikan pratinjau dan mengaitkan draf sendiri": ("articles.change_article",),
    "Membagikan pratinjau dan mengaitkan artikel orang lain": ("articles.edit_any_article",),
    "Mencabut berita": ("articles.withdraw_article",),
    "Menambah dan mengubah penulis; mengganti nama topik": (
        "articles.add_author",
        "articles.change_author",
        "articles.change_tag",
    ),
    "Menambah dan mengubah kanal": ("articles.add_section", "articles.change_section"),
    "Membatasi orang pada kanal": (
        "articles.add_sectionright",
        "articles.change_sectionright",
        "articles.delete_sectionright",
        "articles.view_sectionright",
    ),
    "Membaca antrean komentar": ("comments.view_comment",),
    "Menyetujui dan menolak komentar": ("comments.moderate_comment",),
    "Melihat daftar pengguna": ("accounts.view_user",),
    "Menambah pengguna, memberi peran": ("accounts.add_user", "accounts.change_user"),
    "Melihat catatan persetujuan pembaca": ("accounts.view_consent",),
    "Membaca dan mengekspor jejak audit": ("accounts.view_auditentry", "accounts.export_audit"),
    "Membaca semua catatan rahasia": ("articles.read_confidential",),
    "Melihat pekerjaan latar; menjalankan lagi tugas yang gagal": (
        "articles.view_job",
        "articles.rerun_task",
    ),
    "Menghapus artikel, gambar, atau pengguna": ("articles.delete_article",),
}


def rows() -> dict[str, list[str]]:
    """The table of rights: row by row, what stands below each role."""
    table = GUIDE.partition("## Peran dan hak")[2].partition("\n\n")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return {first: rest for first, *rest in cells}


def on_screens() -> set[str]:
    """All texts of our Indonesian catalogue, with a capital, as labels are shown."""
    with (ROOT / "locale" / "id" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        texts = vars(GNUTranslations(file))["_catalog"].values()
    return {text[:1].upper() + text[1:].removesuffix(".") for text in texts}


def test_each_label_in_the_guide_is_on_a_screen() -> None:
    labels = set(re.findall(r"\*\*([^*]+)\*\*", GUIDE)) - PLAIN
    assert len(labels) > 70
    # Django's own sentence around a model's name.
    assert labels - on_screens() == {"Tambahkan artikel"}


def test_the_roles_stand_in_the_guide_under_their_names() -> None:
    with translation.override("id"):
        names = [str(role.label) for role in ROLES.values()]
    assert rows()["Hak"] == ["Pembaca", *names]


def test_each_role_and_each_permission_of_weight_is_in_the_table() -> None:
    told = {permission for needed in RIGHTS.values() for permission in needed}
    held = {permission for role in ROLES.values() for permission in role.permissions}
    assert held - told <= {f"articles.view_{name}" for name in ("author", "section", "tag")}
    assert set(rows()) == {"Hak", "---", "Menulis komentar", *RIGHTS}
    assert set(rows()["Menulis komentar"]) == {"ya"}


@pytest.mark.parametrize("right", RIGHTS)
def test_the_guide_grants_what_the_roles_grant(right: str) -> None:
    needed = set(RIGHTS[right])
    granted = ["ya" if needed <= role.permissions else "–" for role in ROLES.values()]
    assert rows()[right] == ["–", *granted]


def test_the_guide_is_short() -> None:
    assert len([line for line in GUIDE.splitlines() if line and line[0] != "!"]) <= 300


def test_each_picture_of_the_guide_is_there_and_shown() -> None:
    """`make pictures` takes them anew; each says what it shows."""
    shown = re.findall(r"!\[(.+)\]\((pictures/[a-z-]+\.png)\)", GUIDE)
    assert {path for _words, path in shown} == {
        f"pictures/{file.name}" for file in (ROOT / "docs" / "pictures").iterdir()
    }
    assert len(shown) == len(set(shown)) == GUIDE.count("![")
