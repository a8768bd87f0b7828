"""The command `hotline`, and the processes it runs. The highest room: it may import every other.

`cli` is what people type; `supervision` starts and watches the processes of `make run`; `processes` holds one module
for each of them (`python -m hotline.processes.worker`).
"""
