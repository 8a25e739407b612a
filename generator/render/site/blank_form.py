"""Pages of blank forms: what each is for, who keeps it, the law behind each field, and how it looks."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme import urls
from ...programme.kinds.blank_form import BlankForm
from ...programme.vietnamese import alphabetical, slug
from .context import SiteContext, SitePage, drawn_content


def pages(context: SiteContext) -> Iterator[SitePage]:
    yield blank_forms_page(context)
    for form in context.programme.of(BlankForm).values():
        yield blank_form_page(context, form)


def blank_form_page(context: SiteContext, form: BlankForm) -> SitePage:
    page = urls.form(form.id)
    content = drawn_content(
        "site/blank-form.html.j2",
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
        content=content,
        meta={"kind": "blank-form", "hide": ["navigation", "toc"], **context.readers(form)},
    )


def blank_forms_page(context: SiteContext) -> SitePage:
    page = urls.FORMS
    forms = sorted(context.programme.of(BlankForm).values(), key=lambda form: alphabetical(form.title))
    groups = (
        (
            slug(title),
            title,
            [(form, context.downloads_of(form.source)) for form in forms if form.moment == id],
        )
        for id, title in context.programme.charter.moments.items()
    )
    content = drawn_content(
        "site/blank-forms.html.j2",
        context=context,
        page=page,
        groups=[group for group in groups if group[2]],
        all_drafts=bool(forms) and all(form.review.is_draft for form in forms),
        addresses=urls,
    )
    return SitePage(
        address=page,
        title="Tờ mẫu",
        description="Các tờ mẫu để in ra và ghi bằng tay, có căn cứ của từng ô và người giữ.",
        content=content,
        meta={"kind": "forms", "hide": ["navigation", "toc"]},
    )
