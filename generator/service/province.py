"""What the public page of progress shows: the whole province, never a person, never a commune."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from ..programme.model.programme import Programme
from ..targets import Figures as Gathered
from ..targets import Period, Training, gather, measure
from .days import day_of
from .service import Figures, PublicFigure


def province_figures(programme: Programme) -> Figures:
    """The trained of each roster in the present half-year; an invented roster is called that."""

    def figures(connection: Connection, now: datetime) -> tuple[PublicFigure, ...]:
        today = day_of(now)
        return tuple(_figures(programme, gather(connection, today=today), Period.of_day(today)))

    return figures


def _figures(programme: Programme, gathered: Gathered, period: Period) -> Iterator[PublicFigure]:
    for measured in measure(programme, gathered, period).values():
        if isinstance(measured, Training) and measured.share is not None and measured.roster is not None:
            share, roster = measured.share, measured.roster
            rests_on = f"{share.numerator} người trong {share.denominator} người của danh sách"
            when = "danh sách chốt sau kỳ báo cáo, ngày" if measured.is_late else "chốt ngày"
            frozen = f"{when} {roster.frozen_on:%d/%m/%Y}"
            made_up = " DỮ LIỆU MẪU, không có người thật." if roster.synthetic else ""
            yield PublicFigure(
                title=measured.target.title,
                reached=share.text,
                wanted=f"{measured.target.share}%",
                note=f"{rests_on} ngày {roster.as_of:%d/%m/%Y}, {frozen}.{made_up}",
            )
