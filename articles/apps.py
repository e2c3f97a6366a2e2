from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles import checks, outbox, scheduled  # noqa: F401  checks register themselves
        from articles.pagecache import moments

        moments.register(outbox.upcoming)
        moments.register_acts(scheduled.acts)
        self.register_jobs()

    def register_jobs(self) -> None:
        """What the worker does again and again. Each job does no harm when it runs twice."""
        from articles import jobs, pagecache, scheduled, tasks
        from articles.pagecache import watcher

        minute, minutes, day = timedelta(minutes=1), timedelta(minutes=10), timedelta(days=1)
        register = jobs.register
        register("outbox", pagecache.drain, every=minute, label=_("Changes to be announced"))
        register("announced", pagecache.prune, every=day, label=_("Announced changes"))
        register("changes", scheduled.bring_due, every=minute, label=_("Scheduled changes"))
        register("search", tasks.sweep_search, every=minutes, label=_("Search index"))
        register("bin", tasks.empty_bin, every=day, label=_("The bin"))
        register("pictures", tasks.sweep_pictures, every=minutes, label=_("Copies of pictures"))
        register("replaced", tasks.forget_replaced, every=day, label=_("Replaced originals"))
        register("prune", jobs.prune, every=minutes, label=_("Finished tasks"))
        register("sessions", tasks.forget_sessions, every=day, label=_("Expired sessions"))
        register("typed", tasks.keep_typed_text, every=minutes, label=_("Text left unsaved"))
        # With the worker dead, a process that serves readers raises the alarm.
        watcher.each_minute(jobs.watch)
        # And the desk sees what readers would see.
        watcher.each_minute(scheduled.bring_due)
