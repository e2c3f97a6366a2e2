"""The models of the paper. Import them from here, never from the files beside."""

from articles.models.addresses import FormerAddress
from articles.models.articles import Article, Byline, ImageUse
from articles.models.confidential import ConfidentialNote, NoteReader
from articles.models.editing import EditSession
from articles.models.families import ArticleLink
from articles.models.history import Outbox, Revision, Transition
from articles.models.images import Image, ReplacedFile
from articles.models.jobs import Alarm, Beat, Job
from articles.models.people import Author, SectionRight
from articles.models.previews import PreviewLink
from articles.models.search import SearchDocument
from articles.models.searches import SavedSearch
from articles.models.sections import Section, Tag, TaggedArticle
from articles.models.verification import ConfirmationAttempt, IdentityCheck

__all__ = [
    "Alarm",
    "Article",
    "ArticleLink",
    "Author",
    "Beat",
    "Byline",
    "ConfidentialNote",
    "ConfirmationAttempt",
    "EditSession",
    "FormerAddress",
    "IdentityCheck",
    "Image",
    "ImageUse",
    "Job",
    "NoteReader",
    "Outbox",
    "PreviewLink",
    "ReplacedFile",
    "Revision",
    "SavedSearch",
    "SearchDocument",
    "Section",
    "SectionRight",
    "Tag",
    "TaggedArticle",
    "Transition",
]
