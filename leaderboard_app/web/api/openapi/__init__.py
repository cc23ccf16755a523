"""The API as an OpenAPI 3.1 document: kept by hand, and held against the routes by tests."""
