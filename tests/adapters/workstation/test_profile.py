"""The station's profile: read whole, or refused with the line and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.workstation.profile import BadProfile, load_profile
from desktop_app.adapters.workstation.toml_lines import lines_of
from desktop_app.domain.errors import CounterError, Unavailable
from desktop_app.domain.station import PrintOffset, School

GOOD = """\
# a synthetic station
[station]
code = "210213901"
name = "大连市公安局演练派出所"
region = "210213"
zone = "new_district"

[workstation]
code = "01"
counter = "2号窗口"
card_reader = "COM3"

[printing]
printer = "Laser"

[printing.offsets.booklet_card]
right_mm = 0.5
down_mm = -1
scale = 99.5

[paths]
export = "D:/导出"
backup = ""

[[schools]]
code = "21999"
name = "大连演练大学"

[[schools]]
code = "21998"
name = "演练学院"
"""
TRAINING = Path(__file__).parents[3] / "packaging" / "profiles" / "training.toml"


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "station.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def changed(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def refusal(path: Path) -> BadProfile:
    with pytest.raises(BadProfile) as caught:
        load_profile(path, regions={"210213"})
    return caught.value


def test_a_good_profile_is_read_whole(profile: Path) -> None:
    station = load_profile(profile, regions={"210213"})
    assert (station.code, station.name) == ("210213901", "大连市公安局演练派出所")
    assert (station.region, station.zone) == ("210213", "new_district")
    assert (station.workstation, station.counter) == ("01", "2号窗口")
    assert (station.card_reader, station.printer) == ("COM3", "Laser")
    assert station.offsets == {"booklet_card": PrintOffset(0.5, -1.0, 99.5)}
    assert (station.export_folder, station.backup_folder) == ("D:/导出", "")
    assert station.schools == (School("21999", "大连演练大学"), School("21998", "演练学院"))
    assert not station.one_person
    assert not station.training


def test_the_least_profile_will_do(profile: Path) -> None:
    profile.write_text(GOOD[: GOOD.index("[printing]")], encoding="utf-8")
    station = load_profile(profile)
    assert station.schools == ()
    assert station.printer == ""


def test_numbers_zones_in_chinese_and_a_bom_are_taken(profile: Path) -> None:
    text = GOOD.replace('code = "01"', "code = 1").replace('"new_district"', '"新区"')
    profile.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    station = load_profile(profile)
    assert (station.workstation, station.zone) == ("1", "new_district")


def test_the_shipped_training_profile_is_good() -> None:
    assert "演练" in load_profile(TRAINING, training=True, regions={"210281"}).name


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('code = "210213901"\n', "", 2, "缺 station.code"),
        ('code = "210213901"', 'code = ""', 3, "station.code 是空的"),
        ('code = "210213901"', 'code = "../etc"', 3, "只能用字母、数字"),
        ('code = "210213901"', "code = 1.5", 3, "应为引号内的文字"),
        ('name = "大连市公安局演练派出所"', 'name = "演\\u202e练"', 4, "⟨U+202E⟩"),
        ('name = "大连市公安局演练派出所"', f'name = "{"长" * 51}"', 4, "最多 50 个"),
        ('region = "210213"', 'region = "21021"', 5, "6 位行政区划代码"),
        ('region = "210213"', 'region = "999999"', 5, "不在行政区划代码表里"),
        ('zone = "new_district"', 'zone = "新新区"', 6, "没有 新新区"),
        ('zone = "new_district"', 'zones = "new_district"', 6, "没有 zones 这一项，是否 zone"),
        ('zone = "new_district"', 'zone = "new_district"\none_person = 1', 7, "true 或 false"),
        ('[workstation]\ncode = "01"\ncounter = "2号窗口"\n', "", 1, "缺 [workstation] 一节"),
        ('code = "01"\ncounter = "2号窗口"\n', "", 8, "缺 workstation.code"),
        ('counter = "2号窗口"\n', "", 8, "缺 workstation.counter"),
        ("right_mm = 0.5", 'right_mm = "0.5"', 17, "应为数字"),
        ("right_mm = 0.5", "right_mm = 500", 17, "应在 -50 到 50 之间"),
        ("right_mm = 0.5", "right_mm = nan", 17, "应在 -50 到 50 之间"),
        ("right_mm = 0.5", "right = 0.5", 17, "是否 right_mm"),
        ("scale = 99.5", "scale = 0", 19, "应在 80 到 120 之间"),
        ('code = "21998"', 'code = "21999"', 30, "重复"),
        ('name = "演练学院"', "", 29, "缺 schools.1.name"),
        ("[paths]", "[path]", 21, "没有 path 这一项，是否 paths"),
        ("[printing]\n", "[printing]\nprinter = 1\n", 15, "不是 TOML 的写法"),
        ("[workstation]", "[workstation", 8, "不是 TOML 的写法"),
    ],
)
def test_a_bad_profile_is_refused_with_line_and_reason(
    profile: Path, old: str, new: str, line: int, reason: str
) -> None:
    error = refusal(changed(profile, old, new))
    assert any(fault.line == line and reason in fault.reason for fault in error.faults), [
        (fault.line, fault.reason) for fault in error.faults
    ]
    assert "station.toml" in error.message
    assert f"第 {error.faults[0].line} 行" in error.message
    assert error.remedy


def test_every_fault_is_found_at_once(profile: Path) -> None:
    changed(profile, '"210213901"', '""')
    changed(profile, '"new_district"', '"nowhere"')
    error = refusal(profile)
    assert [fault.line for fault in error.faults] == [3, 6]
    assert "另有 1 处" in error.message


def test_sections_of_the_wrong_shape(profile: Path) -> None:
    profile.write_text("station = 1\nworkstation = []\nschools = 3\nprinting = 4", "utf-8")
    keys = {fault.key: fault.line for fault in refusal(profile).faults}
    assert keys["station"] == 1
    assert keys["schools"] == 3
    assert keys["printing"] == 4


def test_another_encoding_is_told(profile: Path) -> None:
    profile.write_bytes(GOOD.encode("gb18030"))
    error = refusal(profile)
    assert (error.faults[0].line, error.faults[0].reason) == (4, "不是 UTF-8 编码")


def test_a_missing_file_a_folder_and_a_huge_file(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="没有这个工位配置文件"):
        load_profile(tmp_path / "none.toml")
    with pytest.raises(Unavailable, match="读不出"):
        load_profile(tmp_path)
    (tmp_path / "huge.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(Unavailable, match="过大"):
        load_profile(tmp_path / "huge.toml")


def test_a_profile_cut_anywhere_loads_or_is_refused_cleanly(tmp_path: Path) -> None:
    path, content = tmp_path / "station.toml", GOOD.encode()
    for cut in range(len(content)):
        path.write_bytes(content[:cut])
        try:
            load_profile(path)
        except CounterError as error:
            assert error.message and error.remedy


@given(st.binary(max_size=300))
def test_any_bytes_load_or_are_refused_cleanly(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    with pytest.raises(CounterError):
        load_profile(path)


def test_lines_of_keys_tables_and_arrays() -> None:
    lines = lines_of('a = 1\n[t]\n"b" = 2 # c = 3\n[[r]]\nx = 1\n[[r]]\nx = 2\n[t.u]\nv=1\n')
    assert lines == {
        "a": 1,
        "t": 2,
        "t.b": 3,
        "r": 4,
        "r.0": 4,
        "r.0.x": 5,
        "r.1": 6,
        "r.1.x": 7,
        "t.u": 8,
        "t.u.v": 9,
    }
