"""The key that signs cookies and forms: one value for all regions, kept in each of them."""
