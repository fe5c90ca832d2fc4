export { TasksModule } from './tasks.module.js';
export { TaskService, type NewTask } from './task.service.js';
export { TaskQueries } from './task.queries.js';
export { Task } from './entities/task.entity.js';
