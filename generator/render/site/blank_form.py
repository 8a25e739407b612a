"""Pages of blank forms: what each is for, who keeps it, the law behind each field, and how it looks."""

from __future__ import annotations

from ...programme import urls
from ...programme.model.blank_form import BlankForm
from ...programme.vietnamese import alphabetical
from ..templates import render
from .context import SiteContext, SitePage


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
        meta={"kind": "form", "hide": ["navigation", "toc"]},
    )


def blank_forms_page(context: SiteContext) -> SitePage:
    page = urls.FORMS
    forms = sorted(context.programme.forms.values(), key=lambda form: alphabetical(form.title))
    body = render("site/blank-forms.md.j2", context=context, page=page, forms=forms, addresses=urls)
    return SitePage(
        address=page,
        title="Tờ mẫu",
        description="Các tờ mẫu để in ra và ghi bằng tay, có căn cứ của từng ô và người giữ.",
        body=body,
        meta={"kind": "index", "hide": ["navigation", "toc"]},
    )
