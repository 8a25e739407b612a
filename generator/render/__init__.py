"""A `Programme` drawn: pages for the site, sheets for print."""
