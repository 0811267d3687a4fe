from collections.abc import Mapping

class Contentline(str):
    def parts(self) -> tuple[str, Mapping[str, str], str]: ...
