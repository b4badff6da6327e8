"""Forecasts of short yearly series with intervals that hold: a panel in, a panel out."""

from analysis.forecast.engine import forecast, forecast_wide, to_long

__all__ = ["forecast", "forecast_wide", "to_long"]
