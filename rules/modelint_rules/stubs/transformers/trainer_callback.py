"""Hooks of the trainer."""


class TrainerCallback:
    def _nothing(self, args, state, control, **kwargs):
        pass

    on_init_end = on_train_begin = on_train_end = on_epoch_begin = on_epoch_end = on_step_begin = _nothing
    on_step_end = on_substep_end = on_pre_optimizer_step = on_optimizer_step = on_evaluate = _nothing
    on_predict = on_save = on_log = on_prediction_step = _nothing


class DefaultFlowCallback(TrainerCallback):
    pass


class EarlyStoppingCallback(TrainerCallback):
    pass


class PrinterCallback(TrainerCallback):
    pass


class ProgressCallback(TrainerCallback):
    pass
