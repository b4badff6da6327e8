"""What is to come for one edition: forecasts as quantities, how such forecasts held, scenarios, the archive.

| module | holds |
|---|---|
| `past` | what a forecast may know of a series: its values up to the vintage, cut at breaks; its yearly changes |
| `panels` | the same for the territories of the edition, as the panel that `analysis.forecast` takes |
| `forecasts` | what a report asks for: forecasts by indicator, as quantities |
| `cohorts` | graduates by the admissions of past years, beside the trend alone |
| `record` | how such forecasts held in past years |
| `scenarios` | judgements from a table, applied on top of a forecast and kept apart from it |
| `working` | how many graduates will be at work: their last count, carried on by ratios within one source |
| `archive` | the forecasts of an edition as they were, and the next edition's verdict on them |
| `earlier` | what was forecast earlier of years that are known by now, and what came |
| `cache` | results that take seconds, kept under `build/` as long as neither data nor methods change |
"""

from analysis.outlook.forecasts import Forecast, Prospects
from analysis.outlook.past import FEW, Past

__all__ = ["FEW", "Forecast", "Past", "Prospects"]
