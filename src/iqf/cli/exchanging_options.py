"""The options of the commands that give rows out and propose what comes back. No Django is loaded for them."""

import argparse
from typing import Any

from iqf.cli import mapping_options


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """`iqf export` and `iqf import`, in every format."""
    entity = "what the rows are, such as roles, units, requirements or rule-units"
    out = commands.add_parser("export", parents=[common], help="write rows in a format that others read")
    outs = out.add_subparsers(dest="format", metavar="FORMAT", required=True)
    mapping_options.add_export(outs, common)
    sheet = outs.add_parser("sheet", parents=[common], help="a spreadsheet to edit and send back, or a template")
    sheet.add_argument("entity", metavar="ENTITY", help=entity)
    sheet.add_argument("-o", "--output", metavar="FILE", help="FILE.xlsx or FILE.csv; else CSV is printed")
    sheet.add_argument("--of", metavar="CODE", default="", help="only the rows of this thing, such as one role's")
    sheet.add_argument("--template", action="store_true", help="the headings alone")
    back = commands.add_parser("import", parents=[common], help="read in what others made, or propose it")
    backs = back.add_subparsers(dest="format", metavar="FORMAT", required=True)
    mapping_options.add_import(backs, common)
    mapping_options.add_case(outs, backs, common)
    sheet = backs.add_parser("sheet", parents=[common], help="propose what an edited spreadsheet asks for")
    sheet.add_argument("entity", metavar="ENTITY", help=entity)
    sheet.add_argument("file", metavar="FILE", help="the spreadsheet, .xlsx or CSV")
    sheet.add_argument("--dry-run", action="store_true", help="say what it asks for, propose nothing")
    sheet.add_argument("--reason", metavar="TEXT", default="", help="why; readers of the history see it")
    sheet.add_argument("--source", metavar="TEXT", default="", help="the document or record that says so")
    sheet.add_argument("--marked", metavar="FILE", help="where there are faults: write a copy with them marked")
    sheet.add_argument("--json", action="store_true", help="answer as JSON")
    sheet.add_argument("--as", dest="by", metavar="USER", help="who is recorded as the author")
