"""The lexical index keeps count of its sentences."""

from pathlib import Path

import tantivy

from ingest.lexical import Entry, LexicalIndex


def merged(folder: Path) -> int:
    """Merge what tantivy would merge in the background; how many segments are left."""
    index = tantivy.Index.open(str(folder))
    writer = index.writer()
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return int(index.searcher().num_segments)


def test_a_report_removed_from_a_merged_segment_is_no_longer_counted(tmp_path: Path) -> None:
    reports = [f"report-{number}" for number in range(12)]
    index = LexicalIndex(tmp_path)
    for report in reports:
        index.add(report, [Entry(f"{report}:{at}", "Staff were well trained.") for at in range(5)])
    assert merged(tmp_path) < len(reports)
    index.remove(reports[0])
    counts = index.counts(reports)
    assert counts.pop(reports[0]) == 0
    assert set(counts.values()) == {5}
    assert index.count() == 55
