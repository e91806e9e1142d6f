"""The auditor's page."""
