"""Our courses as SCORM, read back as any package given to us is."""

from io import BytesIO

import pytest

from bpc.datasets.training import read_training
from bpc.portal.journeys.course_packages import scorm_of
from bpc.portal.packages.archives import judged_archive
from bpc.portal.packages.receiving import received_package


@pytest.mark.parametrize("version", ["1.2", "2004"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_course_is_a_package_that_we_would_take(language: str, version: str) -> None:
    for course in read_training().values():
        data = scorm_of(course, language, version)
        assert data == scorm_of(course, language, version), "the same course, the same bytes"
        received_package(BytesIO(data), len(data))
        page = judged_archive(data).read("index.html").decode()
        assert page.count("<section data-part>") == len(course.lessons) + 1
        assert 'href="#"' not in page or "lesson:" not in page
        assert ('dir="rtl"' in page) is (language == "ar")


def test_what_a_package_asks_has_the_right_answers() -> None:
    page = judged_archive(scorm_of(read_training()["price-and-margin"], "fr")).read("index.html").decode()
    asked = page.split("Laquelle de ces charges est fixe")[1].split("</fieldset>")[0]
    assert "data-right> Le loyer du local." in asked
    assert asked.count("data-right") == 1
    assert "Oui : il est le même" in asked
    assert "<li>Miel – 32\u202fMAD</li>" in page
