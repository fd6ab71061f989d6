"""Recognises the bodies that publish inspection reports, under one name each."""

import re

_CROWN = r"(?:H\.?M\.?|(?:His|Her) Majesty['’]s)"
_BODIES: tuple[tuple[str, str], ...] = (
    (rf"{_CROWN} Inspectorate of Prisons for Scotland|\bHMIPS\b", "HMIPS"),
    (rf"{_CROWN} Inspectorate of Constabulary in Scotland|\bHMICS\b", "HMICS"),
    (rf"{_CROWN} Inspectorate of Probation|\bHMI Probation\b|hmiprobation", "Probation"),
    (rf"{_CROWN} Inspectorate of Prisons|\bHMI Prisons\b|hmiprisons", "Prisons"),
    (rf"{_CROWN} Inspectorate of Constabulary|\bHMICFRS\b|\bHMIC\b|hmicfrs", "HMICFRS"),
    (rf"{_CROWN} Inspectorate of (?P<field>[A-Z][a-z]+(?: (?:and )?[A-Z][a-z]+)*)", ""),
    (rf"{_CROWN} Crown Prosecution Service Inspectorate|\bHMCPSI\b", "HMCPSI"),
    (r"\bOfsted\b|Office for Standards in Education|ofsted\.gov\.uk", "Ofsted"),
    (r"Care Quality Commission|\bCQC\b|cqc\.org\.uk", "Care Quality Commission"),
    (r"\bEstyn\b|estyn\.gov", "Estyn"),
    (r"Care Inspectorate Wales", "Care Inspectorate Wales"),
    (r"Healthcare Inspectorate Wales", "Healthcare Inspectorate Wales"),
    (r"Criminal Justice Inspection Northern Ireland", "Criminal Justice Inspection NI"),
    (r"\bCare Inspectorate\b", "Care Inspectorate"),
    (r"Education Scotland", "Education Scotland"),
    (r"Education and Training Inspectorate|\bETI\b", "Education and Training Inspectorate"),
    (r"Independent Schools Inspectorate", "Independent Schools Inspectorate"),
    (r"Regulation and Quality Improvement Authority|\bRQIA\b", "RQIA"),
    (r"Health Information and Quality Authority|\bHIQA\b", "HIQA"),
    (r"Independent Chief Inspector of Borders and Immigration|\bICIBI\b", "ICIBI"),
    (r"Independent Monitoring Board", "Independent Monitoring Board"),
    (r"Regulator of Social Housing", "Regulator of Social Housing"),
    (r"Office for Nuclear Regulation", "Office for Nuclear Regulation"),
    (r"Drinking Water Inspectorate", "Drinking Water Inspectorate"),
    (r"National Audit Office", "National Audit Office"),
    (r"Ministry of Justice", "Ministry of Justice"),
    (rf"{_CROWN} Prison and Probation Service|\bHMPPS\b", "HM Prison and Probation Service"),
)
_PATTERN = re.compile(
    "|".join(f"(?P<body{number}>{pattern})" for number, (pattern, _) in enumerate(_BODIES))
)


def find_publisher(text: str) -> str:
    """The body that `text` names first, or ""; His and Her Majesty's are both HM."""
    match = _PATTERN.search(text)
    if match is None:
        return ""
    for number, (_, name) in enumerate(_BODIES):
        if match[f"body{number}"] is not None:
            if name in ("", "Probation", "Prisons"):
                return f"HM Inspectorate of {name or match['field']}"
            return name
    return ""


def one_name(publisher: str) -> str:
    """A stated publisher under its one name; unknown ones as they are."""
    return find_publisher(publisher) if is_publisher(publisher) else publisher.strip()


def is_publisher(text: str) -> bool:
    """Whether `text` is the name of such a body, and little more."""
    found = _PATTERN.search(text)
    return found is not None and len(found[0]) > 0.6 * len(text.strip())
