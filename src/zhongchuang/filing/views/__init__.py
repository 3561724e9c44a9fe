"""The pages: the public register of titles, one title for everybody to check, its certificate, its end."""

from zhongchuang.filing.views.titles import certificate, give_up, picture, revoke, title, titles

__all__ = ["certificate", "give_up", "picture", "revoke", "title", "titles"]
