"""Drawings and photographs of an author, looked at before a site or a sheet shows them."""
