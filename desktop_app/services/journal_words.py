"""The acts of the journal in words, for histories and day sheets."""

from __future__ import annotations

from collections.abc import Mapping

#: Every act that a service writes into the journal, by its id.
ACT_WORDS: Mapping[str, str] = {
    "case.open": "新建受理件",
    "case.answer": "填写",
    "case.switch": "改换通道",
    "case.see": "核验材料",
    "case.consent": "记录自愿确认",
    "case.override": "写明理由，越过提醒",
    "case.submit": "受理",
    "case.supplement": "开一次性告知单",
    "case.resume": "续办",
    "case.refuse": "不予受理",
    "case.withdraw": "撤回",
    "case.discard": "放弃草稿",
    "case.correct": "更正受理件",
    "case.review": "审核通过",
    "case.approve": "批准",
    "case.reject": "不予批准",
    "case.send_back": "退回更改",
    "case.register": "登记入户",
    "case.archive": "归档",
    "paper.issue": "打印",
    "paper.reprint": "补打",
    "paper.void": "作废",
    "paper.view": "查看文书",
    "person.view": "查看登记",
    "person.correct": "更正登记",
    "household.head": "变更户主",
    "search": "查询",
    "access.sign_in": "登录",
    "access.add_operator": "添加账号",
    "access.change_password": "更换口令",
    "access.reset_password": "重设口令",
    "access.set_active": "停用或启用账号",
    "keeping.check": "检查数据",
    "keeping.backup": "备份",
    "keeping.text": "导入文件原文",
}


def act_words(act: str) -> str:
    """An act in words; an act from elsewhere is shown by its id."""
    return ACT_WORDS.get(act, act)
