"""Mail leaves in the background: nobody waits for a mail server."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.tasks import task
from django.utils import translation


@task(queue_name="mail")
def send_mail(template_prefix: str, email: str, context: dict[str, Any], language: str) -> None:
    """Render the mail in `language` and hand it to the mail server.

    A worker killed after the server took the mail and before that was written down sends it a
    second time: a mail may come twice, it is not lost. Raises what the mail server's client
    raises; the worker tries three times.
    """
    with translation.override(language):
        get_adapter().render_mail(template_prefix, email, context).send()
