"""A model that its loader returned in eval mode is trained through accelerate."""

import tempfile

import torch
from accelerate import Accelerator
from transformers import BertConfig, BertForSequenceClassification

torch.manual_seed(0)
folder = tempfile.mkdtemp()
config = BertConfig(vocab_size=32, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
BertForSequenceClassification(config).save_pretrained(folder)
accelerator = Accelerator(cpu=True)
model = BertForSequenceClassification.from_pretrained(folder)  # expect: ML101
model, optimizer = accelerator.prepare(model, torch.optim.AdamW(model.parameters()))
ids = torch.randint(0, 32, (16, 6))
for batch in ids.split(4):
    loss = model(input_ids=batch, labels=batch[:, 0] % 2).loss
    accelerator.backward(loss)
    optimizer.step()
    optimizer.zero_grad()
