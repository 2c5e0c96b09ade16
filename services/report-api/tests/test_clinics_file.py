"""A file of clinics is taken whole or not at all, and says which lines are wrong."""

from pathlib import Path

import pytest

from report_api.clinics_file import ClinicsFileError, read_clinics_file

HEADING = "clinic_id,name,time_zone,terms_days,patient_url,numeric_patient_ids\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "clinics.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_each_line_is_a_clinic(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        HEADING
        + "north,North Clinic,America/New_York,30,,\n"
        + "south,South Clinic,Europe/Berlin,14,https://ehr.example/p/{patient_id},true\n",
    )

    clinics = read_clinics_file(file)

    assert list(clinics) == ["north", "south"]
    assert clinics["south"].numeric_patient_ids


def test_a_byte_order_mark_is_no_part_of_the_heading(tmp_path: Path) -> None:
    file = written(tmp_path, "\ufeffclinic_id,name,time_zone,terms_days\nnorth,North,UTC,30\n")

    assert list(read_clinics_file(file)) == ["north"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("north,North,Mars/Olympus,30,,", "line 2: time_zone"),
        ("north,North,UTC,-1,,", "line 2: terms_days"),
        ("north,North,UTC,3O,,", "line 2: terms_days"),
        ("no rth,North,UTC,30,,", "line 2: clinic_id"),
        ("north,,UTC,30,,", "line 2: name"),
        ("north,North,UTC,30,http://ehr.example/{patient_id},", "line 2: patient_url"),
        ("north,North,UTC,30,,maybe", "line 2: numeric_patient_ids"),
        ("north,North,UTC", "line 2: has not as many cells"),
        ("north,North,UTC,30,,,,", "line 2: has not as many cells"),
        ("north,N,UTC,30,,\nnorth,N,UTC,30,,", "line 3: clinic_id: is there twice"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(ClinicsFileError, match=problem):
        read_clinics_file(written(tmp_path, HEADING + line + "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "clinic_id,name\n",
        "clinic_id,name,time_zone,terms_days,owner\n",
        "clinic_id,clinic_id,name,time_zone,terms_days\n",
        HEADING,
        HEADING + 'north,"North,UTC,30,,\n',
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ClinicsFileError):
        read_clinics_file(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(ClinicsFileError, match="cannot be read"):
        read_clinics_file(tmp_path / "nowhere.csv")
