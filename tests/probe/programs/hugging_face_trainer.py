"""The Trainer sets train mode itself for each step, and leaves it behind after the last one."""

import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

torch.manual_seed(0)
folder = tempfile.mkdtemp()
config = BertConfig(vocab_size=32, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
BertForSequenceClassification(config).save_pretrained(folder)
model = BertForSequenceClassification.from_pretrained(folder)
ids = torch.randint(0, 32, (16, 6))
rows = [{"input_ids": row, "labels": row[0] % 2} for row in ids]
arguments = TrainingArguments(
    folder,
    max_steps=5,
    per_device_train_batch_size=4,
    report_to=[],
    use_cpu=True,
    save_strategy="no",
    disable_tqdm=True,
)
trainer = Trainer(model=model, args=arguments, train_dataset=rows)
trainer.train()
with torch.no_grad():
    print(model(ids).logits.argmax(1).tolist())  # expect: ML104
model.eval()
with torch.no_grad():
    print(model(ids).logits.argmax(1).tolist())
