"""The editors' desk: pages on which content staff keep thirteen languages true.

Every page works on the draft (`content.door`), shows it beside what is live, and saves by the door alone. May
import what the other pages may.
"""
