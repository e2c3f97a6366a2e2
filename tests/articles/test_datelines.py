import pytest

from articles.datelines import compose


@pytest.mark.parametrize(
    ("source", "city", "style", "dateline"),
    [
        ("JurnalPatroliNews", "Jakarta", "source-city", "JurnalPatroliNews – Jakarta –"),
        ("JurnalPatroliNews", "", "source-city", "JurnalPatroliNews –"),
        ("", "Jakarta", "source-city", "Jakarta –"),
        ("KOMPAS.com", "Jakarta", "city-source", "JAKARTA, KOMPAS.com –"),
        ("KOMPAS.com", "", "city-source", "KOMPAS.com –"),
        ("", "Muara Tirta", "city-source", "MUARA TIRTA –"),
        ("ANTARA", "Jakarta", "city-parenthesis", "Jakarta (ANTARA) –"),
        ("ANTARA", "", "city-parenthesis", "ANTARA –"),
        ("", "Jakarta", "city-parenthesis", "Jakarta –"),
        (" ANTARA ", " Jakarta ", "city-parenthesis", "Jakarta (ANTARA) –"),
        ("", "", "source-city", ""),
        (" ", "", "city-source", ""),
    ],
)
def test_a_dateline_is_composed_in_the_house_style(source, city, style, dateline) -> None:
    assert compose(source, city, style) == dateline
