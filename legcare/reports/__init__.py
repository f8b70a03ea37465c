"""Reports and exports: CSV, ZIP, HTML report, calendar."""
