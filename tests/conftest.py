"""What the whole suite needs: pytest's own fixture for testing a plugin."""

# Only a conftest that is read before pytest is configured may say this; this one is, as `testpaths` names
# the folder.
pytest_plugins = ["pytester"]
