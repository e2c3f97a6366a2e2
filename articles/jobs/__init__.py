"""Work in the background: periodic jobs, tasks of killed workers, the alarm, the worker itself.

Nothing that readers see waits for it. A task may run twice (a worker can be killed between the
deed and its entry), so each one must do no harm when it is done again.
"""

from articles.jobs.alarm import watch
from articles.jobs.health import Health, metrics
from articles.jobs.janitor import again, prune
from articles.jobs.loop import run
from articles.jobs.registry import Periodic, known, register

__all__ = ["Health", "Periodic", "again", "known", "metrics", "prune", "register", "run", "watch"]
