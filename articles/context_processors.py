from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What every template may say of the paper; nothing about the person who reads."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "mail_stays_here": settings.MAIL_STAYS_HERE,
        "mail_folder": settings.MAIL_FOLDER,
    }
