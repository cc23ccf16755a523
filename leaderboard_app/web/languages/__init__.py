"""The languages of the pages: which there are, which one is asked for, and how each says a thing.

English is in the code; what translators made of it is in `catalogues`, and how each language writes
numbers, dates and the names of countries is in `locales`.
"""
