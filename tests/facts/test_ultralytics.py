"""Models of ultralytics."""

import os
import sys
import tempfile
from types import ModuleType

import pytest

from modelint.testing import reveals
from tests.facts.recorder import check_abstract, check_real, claims, programs

SETTINGS = tempfile.TemporaryDirectory()
os.environ.update(YOLO_CONFIG_DIR=SETTINGS.name, YOLO_OFFLINE="true", YOLO_VERBOSE="false", YOLO_AUTOINSTALL="false")

START = """
import os

import numpy as np
from PIL import Image
from ultralytics import RTDETR, YOLO, YOLOE, YOLOWorld

image = np.zeros((32, 32, 3), dtype="uint8")
quiet = dict(imgsz=32, device="cpu", verbose=False)
for folder in ("images/train/a", "images/train/b", "images/val/a", "images/val/b"):
    os.makedirs(folder)
    Image.fromarray(image).save(folder + "/0.png")
    Image.fromarray(image + 255).save(folder + "/1.png")
data = dict(data=os.path.abspath("images"), plots=False, workers=0, project=os.path.abspath("runs"), **quiet)
"""

PROGRAMS = programs(
    START
    + """
## a network that is described is in train mode
y = YOLO("yolo11n-cls.yaml")
reveal_mode(y.model)  # reveals: self train, batch_norm train, unknown train
reveal_mode(YOLO("yolo11n.yaml").model)  # reveals: self train, batch_norm train, unknown train
reveal_mode(YOLOWorld("yolov8s-world.yaml").model)  # reveals: self train, batch_norm train, unknown train
reveal_mode(YOLOE("yoloe-11s.yaml").model)  # reveals: self train, batch_norm train, unknown train
reveal_mode(RTDETR("rtdetr-l.yaml").model)  # reveals: self train, batch_norm train, unknown train
reveal_mode(y.eval().model)  # reveals: self eval, batch_norm eval, unknown eval
reveal_mode(YOLO(os.environ.get("NETWORK", "yolo11n-cls.yaml")).model)  # reveals: self unknown, batch_norm unknown, unknown unknown
## a network that is loaded is in eval mode
y = YOLO("yolo11n-cls.yaml")
y.save("saved.pt")
reveal_mode(y.model)  # reveals: self train, batch_norm train, unknown train
again = YOLO("saved.pt")
reveal_mode(again.model)  # reveals: self eval, batch_norm eval, unknown eval
reveal_mode(y.load("saved.pt").model)  # reveals: self train, batch_norm train, unknown train
y.info()
reveal_mode(y.model)  # reveals: self train, batch_norm train, unknown train
again.model.train()
again.reset_weights()
reveal_mode(again.model)  # reveals: self train, batch_norm train, unknown train
## validation and prediction keep the mode
y = YOLO("yolo11n-cls.yaml")
y.predict(image, **quiet)
y(image, **quiet)
reveal_mode(y.model)  # reveals: self train, batch_norm train, unknown train
y.embed(image, **quiet)
y.val(**data)
reveal_mode(y.model)  # reveals: self train, batch_norm train, unknown train
y.eval()
y.predict(image, **quiet)
y.val(**data)
reveal_mode(y.model)  # reveals: self eval, batch_norm eval, unknown eval
## training puts another network in place
y = YOLO("yolo11n-cls.yaml")
before = y.model
y.train(epochs=1, batch=2, **data)
reveal_mode(before)  # reveals: self train, batch_norm train, unknown train
reveal_mode(y.model)  # reveals: self eval, batch_norm eval, unknown eval
y.model.train()
y.train(epochs=1, batch=2, **data)
reveal_mode(y.model)  # reveals: self eval, batch_norm eval, unknown eval
"""
)

BEFORE_COPIES = """
from ultralytics import YOLO

y = YOLO("yolo11n-cls.yaml")
reveal_mode(y.model)  # reveals: self train, batch_norm train, unknown train
y.predict(image)
reveal_mode(y.model)  # reveals: self eval, batch_norm eval, unknown eval
y.model.train()
y.predict(image)
reveal_mode(y.model)  # reveals: self train, batch_norm train, unknown train
y.val(data="images")
reveal_mode(y.model)  # reveals: self eval, batch_norm eval, unknown eval
"""
"""Measured with 8.3.100, 8.4.120 and 8.4.139, where the BatchNorm is merged into the convolutions besides."""


@pytest.fixture
def no_polars(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would read the table of losses after a training, which nobody here wants. Others ask whether it is there."""
    monkeypatch.setitem(sys.modules, "polars", ModuleType("polars"))


@pytest.mark.usefixtures("no_polars")
@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "ultralytics")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])


@pytest.mark.parametrize("version", ["8.3.100", "8.4.139"])
def test_abstract_before_copies(version: str) -> None:
    assert reveals(BEFORE_COPIES, library_versions={"ultralytics": version}) == claims(BEFORE_COPIES)
