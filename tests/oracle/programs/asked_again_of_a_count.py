"""A test of a count holds for as long as the count is the same, and says nothing of the next one."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def of_an_index():
    net = block()
    for index in range(5):
        if index % 2 == 0:
            net.eval()
            print(net(torch.ones(2, 4)).shape)
        if index % 2 == 0:
            net.train()
        print(net(torch.ones(2, 4)).shape)


def of_the_number_of_an_element(elements):
    net = block()
    for index, element in enumerate(elements):
        is_due = index % 2 == 1
        if is_due:
            net.eval()
            print(net(element).shape)
        if index % 2 == 1:
            net.train()
        print(net(element).shape)


def of_a_variable(elements):
    net = block()
    count = 0
    for element in elements:
        if count % 2 == 0:
            net.eval()
            print(net(element).shape)
        if count % 2 == 0:
            net.train()
        print(net(element).shape)
        count += 1


def of_the_last_one(elements):
    net = block()
    count = 0
    for element in elements:
        if count % 2 == 0:
            net.eval()
        count += 1
        if count % 2 == 0:
            net.train()
        print(net(element).shape)


class Trainer:
    def __init__(self):
        self.net = block()
        self.count = 0

    def run(self, elements):
        for element in elements:
            if self.count % 3 == 0:
                self.net.eval()
                print(self.net(element).shape)
            if self.count % 3 == 0:
                self.net.train()
            print(self.net(element).shape)
            self.count += 1


def of_the_next_round():
    net = block()
    for number in range(2):
        count = 0
        while True:
            count += 1
            if count > 3:
                break
            if number > 0:
                if count > 1:
                    print(net(torch.ones(2, 4)).shape)


def of_each_round(elements):
    net = block()
    for start in range(2):
        count = start
        for element in elements:
            if count % 2 == 0:
                net.eval()
                print(net(element).shape)
            if count % 2 == 0:
                net.train()
            print(net(element).shape)
            count += 1


elements = [torch.ones(2, 4) for _ in range(5)]
of_an_index()
of_the_number_of_an_element(elements)
of_a_variable(elements)
of_the_last_one(elements)
of_each_round(elements)
of_the_next_round()
Trainer().run(elements)
