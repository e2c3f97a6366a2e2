"""How a report opens: the paper's name and the place, as the house writes them. Pure."""


def compose(source: str, city: str, style: str) -> str:
    """The words before the first sentence, dash included; nothing without a source and a city.

    >>> compose("JurnalPatroliNews", "Jakarta", "source-city")
    'JurnalPatroliNews – Jakarta –'
    >>> compose("KOMPAS.com", "Jakarta", "city-source")
    'JAKARTA, KOMPAS.com –'
    >>> compose("ANTARA", "Jakarta", "city-parenthesis")
    'Jakarta (ANTARA) –'
    """
    source, city = source.strip(), city.strip()
    if not (source and city):
        only = source or (city.upper() if style == "city-source" else city)
        return f"{only} –" if only else ""
    match style:
        case "city-source":
            return f"{city.upper()}, {source} –"
        case "city-parenthesis":
            return f"{city} ({source}) –"
        case _:
            return f"{source} – {city} –"
