"""A title names the body that was inspected by what such bodies are called."""

import pytest

from ingest.inspected import inspected


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("HMP & YOI Anyham Hall", "Anyham Hall"),
        (
            "Report on an unannounced inspection of HMP Anyford by HM Chief Inspector of Prisons",
            "Anyford",
        ),
        ("REPORT ON HMP ANYFORD BY HM CHIEF INSPECTOR OF PRISONS", "ANYFORD"),
        ("Anyford House Immigration Removal Centre", "Anyford House"),
        ("Full report on Anyford Prison Inspection published", "Anyford"),
        ("An inspection of Anyford and Otherton Police", "Anyford and Otherton"),
        ("Anyshire Fire and Rescue Service: effectiveness", "Anyshire"),
        ("Area Assurance Inspection: CPS Any-Otherside", "Any-Otherside"),
        ("The Anyford Lane Surgery: inspection of 17 May 2023", "Anyford Lane"),
        ("Anyford University Hospitals NHS Trust", "Anyford"),
        ("University Hospital Anyford", "Anyford"),
        ("HMP Anyford Independent Review of Progress", "Anyford"),
        ("East of Anyland Ambulance Service NHS Trust", "East of Anyland"),
        ("HMP Full Anyford", "Full Anyford"),
        ("Report on an Unannounced Inspection of Anyford Prison", "Anyford"),
        ("HMP Anyford Governor praised", "Anyford"),
        ("St. Anne’s Nursing Home", "St. Anne’s"),
        ("Anyburn with Otherwen Borough Council", "Anyburn with Otherwen"),
        ("St Anne’s Primary School, Anyford", "St Anne’s"),
        ("Anyford Youth Justice Service", "Anyford"),
        ("Anyford, Anyshire and Otherton PDU again graded", "Anyford, Anyshire and Otherton"),
        ("Regulatory judgement: London Borough of Anyford Council", "Anyford"),
    ],
)
def test_a_title_names_whom_it_is_about(title: str, name: str) -> None:
    assert inspected(title) == (name,)


@pytest.mark.parametrize(
    "title",
    [
        "Annual Report 2019/20",
        "HM Inspectorate of Constabulary and Fire & Rescue Services",
        "HM Prison and Probation Service",
        "National Probation Service",
        "Prison Service review 2020",
        "Summer 2021",
        "Council-run homes",
        "HMP Anyford and HMP Otherton",
        "Anyshire Police and Othershire Police",
        "Good Youth Justice Service: what works",
        "Every prison must improve",
        "School Inspection Handbook",
        "Independent School Inspection Handbook",
        "How Good Is Our School?",
    ],
)
def test_a_title_that_names_none_or_several_gives_none(title: str) -> None:
    assert len(inspected(title)) != 1
