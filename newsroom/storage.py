from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModulesStorage(CompressedManifestStaticFilesStorage):
    """Hash file names inside ES module imports too, so that no bundler is needed."""

    support_js_module_import_aggregation = True
