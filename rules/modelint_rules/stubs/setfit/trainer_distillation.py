from setfit.trainer import DistillationTrainer


class DistillationSetFitTrainer(DistillationTrainer):
    def __init__(
        self, teacher_model, student_model=None, train_dataset=None, eval_dataset=None, model_init=None, *args, **kwargs
    ):
        super().__init__(teacher_model, student_model, model_init=model_init)
