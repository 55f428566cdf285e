"""The data folder: encrypted database, wrapped keys, journal, search (数据存储).

``vault`` is the way in and imports little, so that the sign-in window need not wait; it brings
``store`` and SQLAlchemy in when a password is right.
"""
