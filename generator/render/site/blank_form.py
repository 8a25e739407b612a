"""Pages of blank forms: what each is for, who keeps it, the law behind each field, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping

from ...programme import urls
from ...programme.model.blank_form import BlankForm, Moment
from ...programme.vietnamese import alphabetical, slug
from ..templates import render
from .context import SiteContext, SitePage

#: What readers call each moment, in the order of the list.
MOMENT_WORDS: Mapping[Moment, str] = {
    "report": "Nhận tin báo, trực",
    "person": "Gặp và giúp một người",
    "referral": "Chuyển gửi",
    "planning": "Lập kế hoạch, báo cáo",
    "venue": "Cơ sở dịch vụ, nơi làm",
    "outreach": "Truyền thông, họp dân",
}


def blank_form_page(context: SiteContext, form: BlankForm) -> SitePage:
    page = urls.form(form.id)
    body = render(
        "site/blank-form.md.j2",
        context=context,
        page=page,
        form=form,
        addresses=urls,
        points=form.serves,
        contacts=[(id, context.contact(id)) for id in form.contacts],
        downloads=context.downloads_of(form.source),
        cited=context.cited(*(text for _, text in form.texts)),
    )
    return SitePage(
        address=page,
        title=form.title,
        description=context.prose.plain(form.summary),
        body=body,
        meta={"kind": "form", "hide": ["navigation", "toc"], **context.readers(form)},
    )


def blank_forms_page(context: SiteContext) -> SitePage:
    page = urls.FORMS
    forms = sorted(context.programme.forms.values(), key=lambda form: alphabetical(form.title))
    groups = {
        moment: [(form, context.downloads_of(form.source)) for form in forms if form.moment == moment]
        for moment in MOMENT_WORDS
    }
    body = render(
        "site/blank-forms.md.j2",
        context=context,
        page=page,
        groups=[
            (slug(MOMENT_WORDS[moment]), MOMENT_WORDS[moment], rows)
            for moment, rows in groups.items()
            if rows
        ],
        all_drafts=bool(forms) and all(form.review.is_draft for form in forms),
        addresses=urls,
    )
    return SitePage(
        address=page,
        title="Tờ mẫu",
        description="Các tờ mẫu để in ra và ghi bằng tay, có căn cứ của từng ô và người giữ.",
        body=body,
        meta={"kind": "forms", "hide": ["navigation", "toc"]},
    )
